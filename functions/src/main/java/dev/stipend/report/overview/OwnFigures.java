package dev.stipend.report.overview;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// What concerns one user of a workspace: the budgets that count them, and what they have spent in
/// the running month.
@Singleton
public class OwnFigures {
  private static final int MOST_MODELS = 20;

  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final SpendReports spend;

  OwnFigures(BudgetCatalog catalog, BudgetStanding standing, SpendReports spend) {
    this.catalog = catalog;
    this.standing = standing;
    this.spend = spend;
  }

  /// A budget that counts the user, and its running period.
  public record OwnBudget(Budget budget, BudgetPeriod period) {}

  /// What a model has cost.
  public record OwnModel(String model, Money spend) {}

  /// The budgets of the user, of all users and of the workspace that have a period now.
  @Transactional
  public List<OwnBudget> budgets(Workspace workspace, String user, Instant now) {
    return catalog.counting(workspace, user).stream()
        .flatMap(
            counts ->
                standing
                    .current(counts.budget(), counts.subject(), now)
                    .map(period -> new OwnBudget(counts.budget(), period))
                    .stream())
        .toList();
  }

  /// What the user has spent in the month of the workspace's time zone, by model, the dearest
  /// first.
  public List<OwnModel> models(Workspace workspace, String user, Instant now) {
    ZoneId zone = ZoneId.of(workspace.timeZone());
    Period month =
        new CalendarCadence(PeriodKind.MONTHLY, zone, DayOfWeek.MONDAY, 1, 1)
            .periodAt(now)
            .orElseThrow();
    SpendQuery query =
        new SpendQuery(
            List.of(month),
            List.of(Dimension.Column.MODEL),
            Map.of(Dimension.Column.USER, List.of(user)),
            MOST_MODELS,
            0);
    return spend.read(workspace.id(), query).groups().stream()
        .map(group -> new OwnModel(group.values().getFirst(), group.totals().cost()))
        .toList();
  }
}
