package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many evaluators, in several processes, over the same work.
@ExtendWith(StipendExtension.class)
final class EvaluatorsRaceTest {
  private static final int BUDGETS = 10_000;

  @Test
  void eightEvaluatorsOfTenThousandDirtyBudgetsRaiseEachAlertOnce(Stipend stipend) {
    try (Stipend other = stipend.another()) {
      other.clock.set(SettableClock.START);
      createOverSpent(stipend);
      List<Callable<?>> evaluators = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        evaluators.add(stipend::sweep);
        evaluators.add(other::sweep);
      }
      Race.run(evaluators);
    }

    assertThat(
            stipend.database.rows(
                """
                SELECT state, threshold, count(*), count(DISTINCT budget_id)
                FROM stipend.alert_logs
                GROUP BY 1, 2
                ORDER BY 2
                """))
        .containsExactly(
            "open|80.000|%1$d|%1$d".formatted(BUDGETS),
            "open|100.000|%1$d|%1$d".formatted(BUDGETS));
    assertThat(
            stipend.database.rows(
                """
                SELECT count(*), count(DISTINCT (alert_id, channel_id)), count(DISTINCT channel_id)
                FROM stipend.alert_deliveries
                """))
        .containsExactly("%1$d|%1$d|2".formatted(4 * BUDGETS));
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods WHERE dirty"))
        .isEqualTo("0");
  }

  /// Each budget has spent all of its limit, and nobody has looked since.
  private static void createOverSpent(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.budgets (
          workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
        SELECT w.id, 'Budget ' || n, 'user', 'user-' || n, 100, 'daily', 'UTC', '%1$s', '%1$s', '%1$s'
        FROM stipend.workspaces w, generate_series(1, %2$d) AS n
        WHERE w.slug = 'default';

        INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
        SELECT b.workspace_id, b.id, 'actual', line.percent, line.severity
        FROM stipend.budgets b, (VALUES (80, 'warning'), (100, 'critical')) AS line (percent, severity);

        INSERT INTO stipend.budget_periods (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, dirty, data_as_of)
        SELECT workspace_id, id, scope_id, date_trunc('day', counts_from, 'UTC'),
          date_trunc('day', counts_from, 'UTC') + interval '1 day', limit_amount, 100, 1, TRUE, counts_from
        FROM stipend.budgets
        """
            .formatted(SettableClock.START, BUDGETS));
  }
}
