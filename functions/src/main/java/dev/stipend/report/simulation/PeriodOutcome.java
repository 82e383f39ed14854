package dev.stipend.report.simulation;

import dev.stipend.money.Money;
import java.util.List;

/// What would have happened in one period.
///
/// @param spend what was recorded
/// @param admitted the part of it that a hard limit would have let pass; all of it for a soft one
/// @param requests requests recorded
/// @param unpriced recorded events that nobody could price
/// @param subjects how many subjects spent anything or were asked for
/// @param alerting how many of them would have raised an alert
/// @param alerts how many alerts would have been sent, without superseded ones
/// @param denied how many subjects would have been refused a request
/// @param denials requests that would have been refused
/// @param top the subjects that spent most, greatest first
public record PeriodOutcome(
    Money spend,
    Money admitted,
    long requests,
    long unpriced,
    long subjects,
    long alerting,
    long alerts,
    long denied,
    SimulatedDenials denials,
    List<SubjectOutcome> top) {
  static final PeriodOutcome NOTHING =
      new PeriodOutcome(Money.ZERO, Money.ZERO, 0, 0, 0, 0, 0, 0, SimulatedDenials.NONE, List.of());

  /// With one more subject in the sums; `top` is not among them.
  PeriodOutcome plus(SubjectOutcome one) {
    return new PeriodOutcome(
        spend.plus(one.spend()),
        admitted.plus(one.admitted()),
        requests + one.requests(),
        unpriced + one.unpriced(),
        subjects + 1,
        alerting + (one.alerts().isEmpty() ? 0 : 1),
        alerts + one.alerts().stream().filter(alert -> !alert.superseded()).count(),
        denied + (one.denials().count() == 0 ? 0 : 1),
        denials.plus(one.denials()),
        top);
  }

  PeriodOutcome withTop(List<SubjectOutcome> greatest) {
    return new PeriodOutcome(
        spend, admitted, requests, unpriced, subjects, alerting, alerts, denied, denials, greatest);
  }
}
