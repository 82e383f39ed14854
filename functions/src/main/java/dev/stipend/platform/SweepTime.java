package dev.stipend.platform;

import java.time.Instant;

/// Port: which of two clocks a sweep goes by.
@FunctionalInterface
public interface SweepTime {
  /// The time of a sweep.
  ///
  /// @param own what this process's clock says
  /// @param database what the database's says
  Instant of(Instant own, Instant database);
}
