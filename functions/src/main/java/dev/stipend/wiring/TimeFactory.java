package dev.stipend.wiring;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Provides the clock and random numbers.
@Factory
final class TimeFactory {
  /// The database's precision: what is answered at once and what is read later are the same.
  private static final Duration MICROSECOND = Duration.ofNanos(1000);

  /// The system's clock, or one that stands still at `stipend.clock`.
  @Primary // Micronaut brings a system clock of its own.
  @Singleton
  InstantSource clock(@Nullable @Value("${stipend.clock:}") String fixed) {
    return fixed == null || fixed.isBlank()
        ? Clock.tick(Clock.systemUTC(), MICROSECOND)
        : InstantSource.fixed(Instant.parse(fixed));
  }

  @Singleton
  RandomGenerator random() {
    return RandomGenerator.getDefault();
  }
}
