package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.UnreadableBudget;
import dev.stipend.budget.backfill.Backfill;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TotalCadence;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A budget as the API shows it.
///
/// @param limitAmount the limit without the increase
/// @param limitInForce the limit that counts now
/// @param increase a higher limit for a time; absent when there is none, or it has ended
/// @param subjectIncreases higher limits for a time of single subjects, of a budget that counts
///     each id apart
/// @param channels where its alerts go; empty means the workspace's default channels
/// @param currentSpend spend of the current period; absent for a budget that counts each id apart,
///     and while it is not counted yet
/// @param nextResetAt when the current period ends; absent when it never does
/// @param owner who alone edits it, such as `source:app`; absent where every admin key may
/// @param backfill how far what was spent before is counted; absent where all of it is
/// @param error why this release cannot read it: then it neither counts nor alerts, its hard limit
///     does what `onFailure` says, and what needs its parts is absent. Absent where it can be read
/// @param warnings what may keep it from working as whoever made or edited it expects
@Serdeable
public record BudgetResponse(
    UUID id,
    String name,
    String scope,
    String scopeId,
    Money limitAmount,
    Money limitInForce,
    Optional<Raise> increase,
    List<SubjectRaise> subjectIncreases,
    String period,
    String timeZone,
    Optional<String> weekStart,
    Optional<Integer> anchorDay,
    Optional<Integer> anchorMonth,
    Optional<Instant> startsAt,
    Optional<Instant> endsAt,
    boolean hardLimit,
    String onFailure,
    List<Line> thresholds,
    List<UUID> channels,
    String status,
    int version,
    Optional<Money> currentSpend,
    Optional<Instant> nextResetAt,
    Instant createdAt,
    Optional<String> owner,
    Optional<BackfillPart> backfill,
    Optional<String> error,
    List<String> warnings) {
  /// A threshold that raises an alert.
  @Serdeable
  public record Line(
      BigDecimal percent,
      String kind,
      String severity,
      List<UUID> channels,
      Optional<Long> remindEveryHours) {
    static Line of(Threshold threshold) {
      return new Line(
          Threshold.plain(threshold.percent()),
          Labels.of(threshold.kind()),
          Labels.of(threshold.severity()),
          threshold.channels(),
          threshold.remindEvery().map(Duration::toHours));
    }
  }

  /// A higher limit for a time.
  @Serdeable
  public record Raise(Money limitAmount, Instant until) {
    static Raise of(Increase increase) {
      return new Raise(increase.limit(), increase.until());
    }
  }

  /// A higher limit for a time of one subject.
  @Serdeable
  public record SubjectRaise(String subject, Money limitAmount, Instant until) {
    static List<SubjectRaise> of(Budget budget, Instant now) {
      return new TreeMap<>(budget.subjectIncreases())
          .entrySet().stream()
              .filter(higher -> now.isBefore(higher.getValue().until()))
              .map(
                  higher ->
                      new SubjectRaise(
                          higher.getKey(), higher.getValue().limit(), higher.getValue().until()))
              .toList();
    }
  }

  static BudgetResponse of(
      Budget budget,
      List<UUID> channels,
      Optional<Money> spend,
      Optional<Backfill> backfill,
      Instant now,
      List<String> warnings) {
    PeriodKind kind = budget.cadence().kind();
    Optional<CalendarCadence> calendar =
        Optional.of(budget.cadence())
            .filter(CalendarCadence.class::isInstance)
            .map(CalendarCadence.class::cast);
    Optional<Period> total =
        Optional.of(budget.cadence())
            .filter(TotalCadence.class::isInstance)
            .map(cadence -> ((TotalCadence) cadence).period());
    boolean anchored =
        kind == PeriodKind.MONTHLY || kind == PeriodKind.QUARTERLY || kind == PeriodKind.YEARLY;
    return new BudgetResponse(
        budget.id(),
        budget.name(),
        Labels.of(budget.scope()),
        budget.scopeId(),
        budget.limit(),
        budget.limitAt(now),
        budget.increase().filter(higher -> now.isBefore(higher.until())).map(Raise::of),
        SubjectRaise.of(budget, now),
        Labels.of(kind),
        budget.cadence().zone().getId(),
        calendar.filter(c -> kind == PeriodKind.WEEKLY).map(c -> Labels.of(c.weekStart())),
        calendar.filter(c -> anchored).map(CalendarCadence::anchorDay),
        calendar
            .filter(c -> anchored && kind != PeriodKind.MONTHLY)
            .map(CalendarCadence::anchorMonth),
        total.map(Period::start),
        total.map(Period::end).filter(BudgetResponse::isReal),
        budget.hardLimit(),
        Labels.of(budget.onFailure()),
        budget.thresholds().stream().map(Line::of).toList(),
        channels,
        Labels.of(budget.status()),
        budget.version(),
        spend.filter(_ -> backfill.filter(filling -> !filling.knowsCurrent()).isEmpty()),
        budget.cadence().periodAt(now).map(Period::end).filter(BudgetResponse::isReal),
        budget.createdAt(),
        budget.owner(),
        backfill.map(BackfillPart::of),
        Optional.empty(),
        warnings);
  }

  /// A budget that this release cannot read, as it is stored.
  static BudgetResponse of(UnreadableBudget budget, List<UUID> channels) {
    return new BudgetResponse(
        budget.id(),
        budget.name(),
        budget.scope(),
        budget.scopeId(),
        budget.limit(),
        budget.limit(),
        Optional.empty(),
        List.of(),
        budget.period(),
        budget.timeZone(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        budget.hardLimit(),
        budget.onFailure(),
        List.of(),
        channels,
        budget.status(),
        budget.version(),
        Optional.empty(),
        Optional.empty(),
        budget.createdAt(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(budget.error()),
        List.of());
  }

  private static boolean isReal(Instant end) {
    return !end.equals(Period.FOREVER);
  }
}
