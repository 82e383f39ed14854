package dev.stipend.enforcement.headroom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stipend.budget.period.PeriodKey;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the budgets that count a piece of work leave to be spent. The readings that this process
/// made last are kept, for when the same work comes again: their limits and periods hold while the
/// stamp does; their figures were true once.
@Singleton
public class HeadroomCache {
  private static final int MOST = 20_000;

  private final HeadroomRepository headrooms;
  private final Cache<CountedWork, HeadroomReading> byWork =
      Caffeine.newBuilder().maximumSize(MOST).build();

  HeadroomCache(HeadroomRepository headrooms) {
    this.headrooms = headrooms;
  }

  /// What was read last for the same work, without asking the database: callers that rely on it
  /// must check the stamp and the figures in the statement that does.
  public Optional<HeadroomReading> recall(CountedWork work, Instant now) {
    return Optional.ofNullable(byWork.getIfPresent(work)).filter(reading -> reading.holds(now));
  }

  /// Keeps what is known since for the same work.
  public void remember(CountedWork work, HeadroomReading reading) {
    byWork.put(work, reading);
  }

  /// The headroom of every active budget that counts such work now, all as of one moment. Budgets
  /// without a period now are left out. What is remembered of the budgets is used while it holds.
  @Connectable
  public HeadroomReading read(CountedWork work, Instant now) {
    return recall(work, now)
        .flatMap(known -> headrooms.figures(work, known, now))
        .orElseGet(() -> find(work, now));
  }

  /// As {@link #read}, but from the database alone.
  @Connectable
  public HeadroomReading find(CountedWork work, Instant now) {
    HeadroomReading found = headrooms.find(work, now);
    remember(work, found);
    return found;
  }

  /// When the next of a subject's holds expires.
  @Connectable
  public Optional<Instant> nextExpiry(UUID workspace, Headroom headroom, Instant now) {
    return headrooms.nextExpiry(
        new PeriodKey(
            workspace, headroom.budgetId(), headroom.subject(), headroom.period().start()),
        now);
  }
}
