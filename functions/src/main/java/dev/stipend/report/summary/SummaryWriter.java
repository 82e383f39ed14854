package dev.stipend.report.summary;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.PublicAddress;
import dev.stipend.platform.wording.Reason;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.report.spend.SpendTotals;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Writes what a summary says.
@Singleton
class SummaryWriter {
  private static final UUID NOBODY = new UUID(0, 0);
  private static final List<Dimension> DIMENSIONS =
      List.of(Dimension.Column.AGENT, Dimension.Column.MODEL, Dimension.Column.USER);
  private static final int GROUPS = 50;
  private static final int CONTRIBUTORS = 3;
  private static final int MOVERS = 5;

  private final SpendReports reports;
  private final AtRisk atRisk;
  private final MonthForecast course;
  private final PublicAddress address;

  SummaryWriter(SpendReports reports, AtRisk atRisk, MonthForecast course, PublicAddress address) {
    this.reports = reports;
    this.atRisk = atRisk;
    this.course = course;
    this.address = address;
  }

  /// The summary of a window; empty if nothing happened in it.
  ///
  /// @param id of the summary
  Optional<AlertSnapshot> write(
      Workspace workspace, UUID id, SummaryTimes times, Period window, Instant now) {
    long alerts = atRisk.notified(workspace.id(), window.start(), window.end());
    Period before = times.before(window);
    List<SpendReport> byDimension =
        DIMENSIONS.stream()
            .map(dimension -> read(workspace, List.of(before, window), List.of(dimension)))
            .toList();
    SpendTotals earlier = byDimension.getFirst().points().getFirst().totals();
    SpendTotals totals = byDimension.getFirst().points().getLast().totals();
    if (totals.requests() == 0 && totals.cost().equals(Money.ZERO) && alerts == 0) {
      return Optional.empty();
    }
    SpendTotals month =
        read(workspace, List.of(MonthForecast.month(times.zone(), now)), List.of()).totals();
    String every = Labels.of(times.every());
    return Optional.of(
        new AlertSnapshot(
            id + ".summary",
            "summary." + every,
            now,
            workspace.slug(),
            workspace.locale(),
            AlertSnapshot.Alert.of(
                id,
                null,
                BigDecimal.ZERO,
                Severity.INFO,
                Reason.of(
                    times.every() == SummaryFrequency.DAILY
                        ? Reason.Code.SUMMARY_DAILY
                        : Reason.Code.SUMMARY_WEEKLY),
                every + " summary"),
            new AlertSnapshot.BudgetPart(
                NOBODY,
                workspace.name(),
                Labels.of(Scope.WORKSPACE),
                workspace.slug(),
                workspace.slug(),
                false),
            new AlertSnapshot.PeriodPart(every, window.start(), window.end(), times.zone().getId()),
            new AlertSnapshot.SpendPart(
                totals.cost(),
                Money.ZERO,
                BigDecimal.ZERO,
                Money.ZERO,
                Money.ZERO,
                workspace.currency(),
                totals.requests(),
                totals.unpriced()),
            null,
            course.of(workspace, times.zone(), month, now).orElse(null),
            null,
            null,
            new AlertSnapshot.SummaryPart(
                earlier.cost(), alerts, movers(byDimension), atRisk.find(workspace.id(), now)),
            contributors(byDimension, totals.cost()),
            List.of(),
            List.of(),
            List.of(),
            now,
            address.console().orElse(null)));
  }

  private SpendReport read(Workspace workspace, List<Period> intervals, List<Dimension> groupBy) {
    return reports.read(workspace.id(), new SpendQuery(intervals, groupBy, Map.of(), GROUPS, 0));
  }

  /// Who spends most otherwise than in the window before.
  private static List<AlertSnapshot.Mover> movers(List<SpendReport> byDimension) {
    return IntStream.range(0, DIMENSIONS.size())
        .boxed()
        .flatMap(i -> parts(byDimension.get(i), DIMENSIONS.get(i)))
        .filter(mover -> !mover.change().equals(Money.ZERO))
        .sorted(
            Comparator.comparing((AlertSnapshot.Mover mover) -> mover.change().amount().abs())
                .reversed()
                .thenComparing(AlertSnapshot.Mover::dimension)
                .thenComparing(AlertSnapshot.Mover::id))
        .limit(MOVERS)
        .toList();
  }

  private static List<Contributor> contributors(List<SpendReport> byDimension, Money total) {
    List<Contributor> contributors = new ArrayList<>();
    for (int i = 0; i < DIMENSIONS.size(); i++) {
      parts(byDimension.get(i), DIMENSIONS.get(i))
          .filter(part -> part.spend().isPositive())
          .sorted(Comparator.comparing(AlertSnapshot.Mover::spend).reversed())
          .limit(CONTRIBUTORS)
          .map(
              part ->
                  new Contributor(
                      part.dimension(), part.id(), part.spend(), part.spend().percentOf(total)))
          .forEach(contributors::add);
    }
    return contributors;
  }

  /// What each value of a dimension spent in the window, and how much more than before. Usage that
  /// names none has no part.
  private static Stream<AlertSnapshot.Mover> parts(SpendReport report, Dimension dimension) {
    return IntStream.range(0, report.groups().size())
        .filter(group -> !report.groups().get(group).values().getFirst().isEmpty())
        .mapToObj(group -> part(report, dimension, group));
  }

  private static AlertSnapshot.Mover part(SpendReport report, Dimension dimension, int group) {
    Money now = report.points().getLast().groups().get(group).cost();
    Money before = report.points().getFirst().groups().get(group).cost();
    return new AlertSnapshot.Mover(
        dimension.label(), report.groups().get(group).values().getFirst(), now, now.minus(before));
  }
}
