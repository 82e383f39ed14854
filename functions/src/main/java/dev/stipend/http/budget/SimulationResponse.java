package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.simulation.PeriodOutcome;
import dev.stipend.report.simulation.SimulatedAlert;
import dev.stipend.report.simulation.SimulatedDenials;
import dev.stipend.report.simulation.SimulatedPeriod;
import dev.stipend.report.simulation.SubjectOutcome;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a budget would have done.
///
/// @param asOf when that was asked
/// @param periods the current period and those before it, newest first
@Serdeable
public record SimulationResponse(
    String scope,
    String scopeId,
    Money limitAmount,
    boolean hardLimit,
    String period,
    String timeZone,
    Instant asOf,
    List<SimulatedPart> periods) {
  /// A period.
  ///
  /// @param known whether the ledger still holds all of it; nothing is told of one that it does not
  /// @param reason why it is not known
  /// @param complete whether it is over
  @Serdeable
  public record SimulatedPart(
      Instant start,
      Instant end,
      boolean complete,
      boolean known,
      Optional<String> reason,
      Optional<Money> spend,
      Optional<BigDecimal> percentUsed,
      Optional<Long> requests,
      Optional<Long> unpriced,
      Optional<List<Alert>> alerts,
      Optional<Denied> denials,
      Optional<Subjects> subjects) {
    static SimulatedPart of(Budget budget, SimulatedPeriod period, Instant now) {
      Optional<PeriodOutcome> outcome = period.outcome();
      boolean each = budget.isEach();
      return new SimulatedPart(
          period.period().start(),
          period.period().end(),
          period.period().hasEnded(now),
          outcome.isPresent(),
          period.unknown(),
          outcome.map(PeriodOutcome::spend),
          outcome.filter(o -> !each).map(o -> o.spend().percentOf(budget.limit())),
          outcome.map(PeriodOutcome::requests),
          outcome.map(PeriodOutcome::unpriced),
          outcome.filter(o -> !each).map(SimulatedPart::onlyAlerts),
          outcome.flatMap(o -> Denied.of(budget, o.denials(), o.admitted())),
          outcome.filter(o -> each).map(o -> Subjects.of(budget, o)));
    }

    private static List<Alert> onlyAlerts(PeriodOutcome outcome) {
      return outcome.top().stream()
          .flatMap(subject -> subject.alerts().stream())
          .map(Alert::of)
          .toList();
    }
  }

  /// An alert that would have been raised.
  ///
  /// @param threshold in percent of the limit
  /// @param at when the threshold was first reached
  /// @param spend the spend then
  /// @param state `raised`, or `superseded` by a higher threshold that the same event reached
  @Serdeable
  public record Alert(
      String type, BigDecimal threshold, String severity, Instant at, Money spend, String state) {
    static Alert of(SimulatedAlert alert) {
      return new Alert(
          alert.line().type().name(),
          Threshold.plain(alert.line().percent()),
          Labels.of(alert.line().severity()),
          alert.at(),
          alert.spend(),
          alert.superseded() ? "superseded" : "raised");
    }
  }

  /// Requests that a hard limit would have refused; absent for a soft one.
  ///
  /// @param count how many
  /// @param amount what they cost together
  /// @param firstAt when the first of them was sent
  /// @param admittedSpend what would have been spent
  @Serdeable
  public record Denied(long count, Money amount, Optional<Instant> firstAt, Money admittedSpend) {
    static Optional<Denied> of(Budget budget, SimulatedDenials denials, Money admitted) {
      return budget.hardLimit()
          ? Optional.of(new Denied(denials.count(), denials.amount(), denials.firstAt(), admitted))
          : Optional.empty();
    }
  }

  /// The subjects of a budget that counts each apart.
  ///
  /// @param count how many there are
  /// @param alerting how many would have raised an alert
  /// @param alerts how many alerts people would have heard of
  /// @param denied how many would have been refused a request
  /// @param top those that spent most, greatest first
  @Serdeable
  public record Subjects(long count, long alerting, long alerts, long denied, List<Subject> top) {
    static Subjects of(Budget budget, PeriodOutcome outcome) {
      return new Subjects(
          outcome.subjects(),
          outcome.alerting(),
          outcome.alerts(),
          outcome.denied(),
          outcome.top().stream().map(subject -> Subject.of(budget, subject)).toList());
    }
  }

  /// One subject.
  @Serdeable
  public record Subject(
      String subject,
      Money spend,
      BigDecimal percentUsed,
      long requests,
      long unpriced,
      List<Alert> alerts,
      Optional<Denied> denials) {
    static Subject of(Budget budget, SubjectOutcome outcome) {
      return new Subject(
          outcome.subject(),
          outcome.spend(),
          outcome.spend().percentOf(budget.limit()),
          outcome.requests(),
          outcome.unpriced(),
          outcome.alerts().stream().map(Alert::of).toList(),
          Denied.of(budget, outcome.denials(), outcome.admitted()));
    }
  }

  static SimulationResponse of(Budget budget, List<SimulatedPeriod> periods, Instant now) {
    return new SimulationResponse(
        Labels.of(budget.scope()),
        budget.scopeId(),
        budget.limit(),
        budget.hardLimit(),
        Labels.of(budget.cadence().kind()),
        budget.cadence().zone().getId(),
        now,
        periods.stream().map(period -> SimulatedPart.of(budget, period, now)).toList());
  }
}
