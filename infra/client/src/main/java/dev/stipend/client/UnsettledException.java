package dev.stipend.client;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A guarded call was made, and what it used could not be told. Its result is here: it is paid for.
/// Settling works late too; until then a reservation counts as long as it holds.
public final class UnsettledException extends StipendException {
  private final transient StipendClient.Done<?> done;
  private final @Nullable UUID reservation;

  UnsettledException(
      StipendException cause, StipendClient.Done<?> done, Optional<UUID> reservation) {
    super(cause.status(), "the work is done and not settled: " + cause.getMessage());
    initCause(cause);
    this.done = done;
    this.reservation = reservation.orElse(null);
  }

  /// What the call made, and what it used.
  public StipendClient.Done<?> done() {
    return done;
  }

  /// What is to be settled; empty where no limit could be verified, and usage is to be recorded.
  public Optional<UUID> reservation() {
    return Optional.ofNullable(reservation);
  }
}
