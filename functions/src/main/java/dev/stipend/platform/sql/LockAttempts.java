package dev.stipend.platform.sql;

import io.micronaut.data.exceptions.DataAccessException;
import java.util.Optional;
import java.util.function.Supplier;

/// Repeats transactions that gave up waiting for a lock. Between two times, whoever waited behind
/// them goes first.
public final class LockAttempts {
  private static final int MOST = 4;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private LockAttempts() {}

  /// What the transaction answered; empty if it never got its lock.
  public static <T> Optional<T> repeat(Supplier<T> transaction) {
    for (int attempt = 0; attempt < MOST; attempt++) {
      try {
        return Optional.of(transaction.get());
      } catch (DataAccessException failure) {
        if (!FailureCause.hasState(failure, LOCK_NOT_AVAILABLE)) {
          throw failure;
        }
      }
    }
    return Optional.empty();
  }
}
