package dev.stipend.platform;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Provides the clock and random numbers.
@Factory
final class TimeFactory {
  /// The system's clock, or one that stands still at `stipend.clock`.
  @Primary // Micronaut brings a system clock of its own.
  @Singleton
  InstantSource clock(@Nullable @Value("${stipend.clock:}") String fixed) {
    return fixed == null || fixed.isBlank()
        ? new SystemTime()
        : InstantSource.fixed(Instant.parse(fixed));
  }

  /// A clock that somebody has set is not compared with the database's, which nobody has.
  @Singleton
  SweepTime sweepTime(InstantSource clock) {
    return clock instanceof SystemTime ? new ComparedTime() : (own, database) -> own;
  }

  /// Any other generator would go on alike in all environments that are restored from one snapshot,
  /// which are then spread by nothing.
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }
}
