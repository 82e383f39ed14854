package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The subjects of a budget and what each has spent in the current period.
@Singleton
public class SubjectPeriods {
  /// A place in the list.
  ///
  /// @param spend what the subject before it has spent
  /// @param subject that subject
  public record Place(Money spend, String subject) {}

  private final ExpiredHolds deadHolds;
  private final JdbcOperations jdbc;

  SubjectPeriods(ExpiredHolds deadHolds, JdbcOperations jdbc) {
    this.deadHolds = deadHolds;
    this.jdbc = jdbc;
  }

  /// A page of them, those that have spent most first; none while the budget has no period.
  ///
  /// @param contains only subjects that contain this, in whatever case
  /// @param after where the page begins
  @Transactional
  public List<BudgetPeriod> page(
      Budget budget, String contains, Optional<Place> after, int most, Instant now) {
    List<BudgetPeriod> found =
        budget
            .cadence()
            .periodAt(now)
            .map(period -> page(budget, period, contains, after, most))
            .orElse(List.of());
    Map<PeriodKey, Money> dead = deadHolds.of(found, now);
    return found.stream()
        .map(counter -> counter.without(dead.getOrDefault(counter.key(), Money.ZERO)))
        .toList();
  }

  private List<BudgetPeriod> page(
      Budget budget, Period period, String contains, Optional<Place> after, int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE c.workspace_id = ?
          AND c.budget_id = ?
          AND c.period_start = ?
          AND strpos(lower(c.subject), lower(?)) > 0
          AND (CAST(? AS numeric) IS NULL OR c.spend < ? OR c.spend = ? AND c.subject > ?)
        ORDER BY c.spend DESC, c.subject
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, budget.workspaceId(), budget.id(), period.start(), contains);
          for (int i = 5; i <= 7; i++) {
            statement.setBigDecimal(i, after.map(place -> place.spend().amount()).orElse(null));
          }
          statement.setString(8, after.map(Place::subject).orElse(null));
          statement.setInt(9, most);
          return PeriodRow.read(statement);
        });
  }
}
