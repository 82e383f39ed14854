package dev.stipend.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// The readings that this process made last, for when the same work comes again. Their limits and
/// periods hold while the stamp does; their figures were true once.
@Singleton
class HeadroomMemory {
  private static final int MOST = 20_000;

  private final Cache<CountedWork, HeadroomReading> byWork =
      Caffeine.newBuilder().maximumSize(MOST).build();

  void remember(CountedWork work, HeadroomReading reading) {
    byWork.put(work, reading);
  }

  Optional<HeadroomReading> recall(CountedWork work, Instant now) {
    return Optional.ofNullable(byWork.getIfPresent(work)).filter(reading -> reading.holds(now));
  }
}
