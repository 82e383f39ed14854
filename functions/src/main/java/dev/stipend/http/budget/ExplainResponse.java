package dev.stipend.http.budget;

import dev.stipend.alert.evaluation.ThresholdStatus;
import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.notification.review.AlertResponse;
import dev.stipend.notification.review.Explanation;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.time.Period;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Why alerts did or did not go out in the current period.
///
/// @param limitAmount the limit in force
/// @param percentUsed spend in percent of the limit, one decimal, rounded down
/// @param evaluatedAt when an evaluation last decided about alerts; absent where none had to
/// @param evaluationDue whether something has changed since then
/// @param lines each threshold, and why it has an alert or not
/// @param alerts every alert of the period, oldest first, with what became of its deliveries
@Serdeable
public record ExplainResponse(
    UUID budgetId,
    String subject,
    UsageResponse.PeriodPart period,
    String status,
    Money limitAmount,
    Money spend,
    BigDecimal percentUsed,
    long requests,
    long unpriced,
    Optional<Instant> evaluatedAt,
    boolean evaluationDue,
    List<Line> lines,
    List<AlertResponse> alerts) {
  private static final MessageCatalog ENGLISH = new MessageCatalog(Locale.ENGLISH);

  /// A threshold.
  ///
  /// @param threshold in percent of the limit; 0 where no percent is meant
  /// @param met whether its condition is true
  /// @param figures what is compared with what, in English
  /// @param figuresCode the same as a code
  /// @param parameters what the code compares: exact amounts, percents and times, by name
  /// @param missing the least spend that would meet it; absent where it is met
  /// @param openings how often its alert has opened in the period
  /// @param outcome what follows
  /// @param reason the same for people
  /// @param nextLookAt when it is looked at again, where an alert is held back
  /// @param suppressedBy what keeps its open alert from everybody, such as a silence with its
  ///     reason
  /// @param suppressedUntil when the first of its deliveries is looked at again
  @Serdeable
  public record Line(
      String type,
      BigDecimal threshold,
      String severity,
      boolean met,
      String figures,
      String figuresCode,
      Map<String, String> parameters,
      Optional<Money> missing,
      long openings,
      String outcome,
      String reason,
      Optional<Instant> nextLookAt,
      Optional<String> suppressedBy,
      Optional<Instant> suppressedUntil) {
    static Line of(
        ThresholdStatus line, String currency, ZoneId zone, Optional<DeliveryRecord> suppressed) {
      return new Line(
          line.line().type().name(),
          Threshold.plain(line.line().percent()),
          Labels.of(line.line().severity()),
          line.met(),
          ENGLISH.reason(line.figures(), currency, zone),
          Labels.of(line.figures().code()),
          line.figures().parameters(),
          line.missing(),
          line.openings(),
          Labels.of(line.outcome()),
          line.outcome().reason()
              + suppressed
                  .flatMap(DeliveryRecord::suppressedBy)
                  .map(why -> "; its notifications are suppressed: " + why)
                  .orElse(""),
          line.nextLookAt(),
          suppressed.flatMap(DeliveryRecord::suppressedBy),
          suppressed.flatMap(DeliveryRecord::suppressedUntil));
    }
  }

  static ExplainResponse of(String currency, Explanation explanation, Instant now) {
    Budget budget = explanation.budget();
    BudgetPeriod counter = explanation.counter();
    Period period = counter.period();
    Money limit = counter.limitOf(budget, now);
    return new ExplainResponse(
        budget.id(),
        counter.key().subject(),
        new UsageResponse.PeriodPart(period.start(), period.end(), budget.cadence().zone().getId()),
        Labels.of(budget.status()),
        limit,
        counter.spend(),
        counter.spend().percentOf(limit),
        counter.requests(),
        counter.unpriced(),
        counter.evaluatedAt(),
        counter.dirty(),
        explanation.lines().stream()
            .map(
                line ->
                    Line.of(line, currency, budget.cadence().zone(), explanation.suppressed(line)))
            .toList(),
        explanation.told());
  }
}
