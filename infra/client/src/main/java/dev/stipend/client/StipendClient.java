package dev.stipend.client;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Asks Stipend before the spend. May be used by many threads.
///
/// A request whose answer is lost, or that meets 502, 503 or 504, is sent up to twice again. All
/// methods throw {@link StipendException} where that does not help, or the API answers with another
/// problem.
public final class StipendClient implements AutoCloseable {
  private static final String RESERVATIONS = "/api/reservations";

  private final Wire wire;

  /// A client of one workspace.
  ///
  /// @param baseUrl such as `https://stipend.example.com`
  /// @param key an API key of the workspace
  public StipendClient(String baseUrl, String key) {
    wire = new Wire(baseUrl, key);
  }

  /// Work, once it may be done.
  ///
  /// @param <T> what it makes
  /// @param <E> how it fails
  @FunctionalInterface
  public interface Call<T, E extends Exception> {
    /// Does the work.
    ///
    /// @param granted has `maxOutputTokens` where fewer than asked may be generated
    Done<T> run(Answer.Reservation granted) throws E;
  }

  /// Work that was done.
  ///
  /// @param result what it made
  /// @param usage what it came to
  public record Done<T>(T result, Work.Usage usage) {}

  /// Runs a call if the budgets allow it: reserves for it, runs it, and settles what it used. A
  /// call that fails gives its reservation back, and is taken to have cost nothing. A call that no
  /// limit could be verified for, and that is let pass, is recorded as usage instead.
  ///
  /// @throws BudgetExceededException if it was not run
  /// @throws UnsettledException with the result, if what it used could not be told
  /// @throws StipendException if it was not run
  /// @throws E as the call
  public <T, E extends Exception> T guarded(Work work, Call<T, E> call) throws E {
    Answer.Reservation granted = reserve(work);
    Done<T> done;
    try {
      done = call.run(granted);
    } catch (Throwable failure) {
      granted.id().ifPresent(id -> giveBack(id, failure));
      throw failure;
    }
    try {
      granted
          .id()
          .ifPresentOrElse(id -> settle(id, done.usage()), () -> record(work, done.usage()));
    } catch (StipendException failure) {
      throw new UnsettledException(failure, done, granted.id());
    }
    return done.result();
  }

  /// Holds the most that the work may cost on every budget that counts it.
  ///
  /// @return without an id where no limit could be verified and the work is let pass
  /// @throws BudgetExceededException if a hard limit would be exceeded; nothing is held
  public Answer.Reservation reserve(Work work) {
    Map<String, Object> fields = work.fields();
    fields.put("ttlSeconds", work.ttl().toSeconds());
    return Answer.Reservation.of(wire.postOnce(RESERVATIONS, fields));
  }

  /// Records what the reserved work used, and ends the hold. Works late too; the same again changes
  /// nothing.
  public Answer.Reservation settle(UUID reservation, Work.Usage usage) {
    return end(reservation, "settle", usage.fields());
  }

  /// Gives a reservation up. Again, it changes nothing.
  public Answer.Reservation release(UUID reservation) {
    return end(reservation, "release", Map.of());
  }

  /// Has a reservation hold for this long from now on, as a heartbeat of long work.
  ///
  /// @param ttl in whole seconds
  public Answer.Reservation extend(UUID reservation, Duration ttl) {
    return end(reservation, "extend", Map.of("ttlSeconds", ttl.toSeconds()));
  }

  /// Tells whether work would be admitted now. Holds nothing.
  public Answer.Validation validate(Work work) {
    return Answer.Validation.of(wire.post("/api/budgets/validate", work.fields()));
  }

  /// Creates a budget, and answers its id.
  ///
  /// @param scope such as `user`, with `*` as the id for each user apart
  /// @param period such as `monthly`
  /// @param hardLimit whether it refuses work that would exceed it
  public UUID createBudget(
      String name,
      String scope,
      String scopeId,
      BigDecimal limit,
      String period,
      boolean hardLimit) {
    return wire.postOnce(
            "/api/budgets",
            Map.of(
                "name", name,
                "scope", scope,
                "scopeId", scopeId,
                "limitAmount", limit.toPlainString(),
                "period", period,
                "hardLimit", hardLimit))
        .id("id")
        .orElseThrow();
  }

  /// How a budget's current period stands.
  ///
  /// @param subject the id that is counted
  public Answer.Standing usage(UUID budget, String subject) {
    return Answer.Standing.of(
        wire.get(
            "/api/budgets/%s/usage?subject=%s"
                .formatted(budget, URLEncoder.encode(subject, StandardCharsets.UTF_8))));
  }

  /// Records what work used past any reservation, as of now.
  public void record(Work work, Work.Usage usage) {
    Map<String, Object> event = new HashMap<>(work.attribution());
    event.put("eventId", UUID.randomUUID().toString());
    event.put("occurredAt", Instant.now());
    event.put("tags", work.tags());
    event.putAll(usage.fields());
    wire.post("/api/usage", event);
  }

  @Override
  public void close() {
    wire.close();
  }

  private Answer.Reservation end(UUID reservation, String how, Map<String, ?> fields) {
    return Answer.Reservation.of(
        wire.post("%s/%s/%s".formatted(RESERVATIONS, reservation, how), fields));
  }

  /// Releases even where the thread was told to stop, and lets no failure hide the call's.
  private void giveBack(UUID reservation, Throwable failure) {
    boolean stopping = Thread.interrupted();
    try {
      release(reservation);
    } catch (StipendException unreleased) {
      failure.addSuppressed(unreleased);
    } finally {
      if (stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
