package dev.stipend.report.simulation;

import dev.stipend.time.Period;
import java.util.Optional;

/// A period of a simulation.
///
/// @param outcome what would have happened; absent where that is unknown
/// @param unknown why it is unknown
public record SimulatedPeriod(
    Period period, Optional<PeriodOutcome> outcome, Optional<String> unknown) {
  static SimulatedPeriod known(Period period, PeriodOutcome outcome) {
    return new SimulatedPeriod(period, Optional.of(outcome), Optional.empty());
  }

  static SimulatedPeriod unknown(Period period, String reason) {
    return new SimulatedPeriod(period, Optional.empty(), Optional.of(reason));
  }
}
