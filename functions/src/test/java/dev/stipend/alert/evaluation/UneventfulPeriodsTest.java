package dev.stipend.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.period.PeriodKey;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.usecase.EvaluateBudgets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the database marks by itself, beside what an evaluation decides of it.
@ExtendWith(StipendExtension.class)
final class UneventfulPeriodsTest {
  private static final Instant NOW = SettableClock.START;
  private static final int AT_ONCE = 50;
  private static final int BUDGETS = 60;

  /// Every combination of what an evaluation looks at.
  private static final String ALL_KINDS =
      """
      CREATE TEMP TABLE kinds AS
      SELECT row_number() OVER () AS n, *
      FROM unnest(ARRAY[-5, 10, 79.999999999999, 80, 100]) AS spend,
        unnest(ARRAY['zero', 'plain', 'increased']) AS amount,
        unnest(ARRAY['active', 'paused', 'archived']) AS status,
        unnest(ARRAY[0, 1]) AS unpriced,
        unnest(ARRAY['running', 'ended', 'closed']) AS phase,
        unnest(ARRAY['two', 'foreseen', 'none']) AS lines,
        unnest(ARRAY[TRUE, FALSE]) AS alerted,
        unnest(ARRAY[interval '-1 hour', interval '1 hour']) AS evaluated;

      INSERT INTO stipend.budgets (
        workspace_id, name, scope, scope_id, limit_amount, increased_limit, increased_until, period, time_zone, status,
        counts_from, created_at, updated_at)
      SELECT w.id, 'Budget ' || n, 'user', 'user-' || n, CASE amount WHEN 'zero' THEN 0 ELSE 100 END,
        CASE amount WHEN 'increased' THEN 120 END,
        CASE amount WHEN 'increased' THEN CAST('%1$s' AS timestamptz) + interval '1 hour' END,
        'daily', 'UTC', status, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
      FROM kinds, stipend.workspaces w
      WHERE w.slug = 'default';

      INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
      SELECT b.workspace_id, b.id, line.kind, line.percent, 'warning'
      FROM kinds
      JOIN stipend.budgets b ON b.name = 'Budget ' || n
      JOIN (VALUES ('two', 'actual', 80), ('two', 'actual', 100), ('foreseen', 'forecast', 100))
        AS line (lines, kind, percent) USING (lines);

      INSERT INTO stipend.budget_periods (
        workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, requests, unpriced, dirty,
        data_as_of, evaluated_at, closed_at, closed_spend)
      SELECT b.workspace_id, b.id, b.scope_id, start.at, start.at + interval '1 day', b.limit_amount, spend, 1, unpriced,
        TRUE, start.at, CAST('%1$s' AS timestamptz) + evaluated,
        CASE phase WHEN 'closed' THEN start.at + interval '1 day' END,
        CASE phase WHEN 'closed' THEN 0 END
      FROM kinds
      JOIN stipend.budgets b ON b.name = 'Budget ' || n
      CROSS JOIN LATERAL (
        SELECT date_trunc('day', CAST('%1$s' AS timestamptz), 'UTC')
          - CASE phase WHEN 'running' THEN interval '0' ELSE interval '1 day' END AS at) AS start;

      INSERT INTO stipend.alert_logs (
        workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity, state, reason, spend,
        limit_amount, payload, raised_at, told_at)
      SELECT c.workspace_id, gen_random_uuid(), c.budget_id, c.subject, c.period_start, c.period_end, 'LIMIT_WARNING', 80,
        'warning', 'open', 'before', 80, c.limit_amount, '{}', c.period_start, c.period_start
      FROM kinds
      JOIN stipend.budget_periods c ON c.subject = 'user-' || n
      WHERE alerted;
      """
          .formatted(NOW);

  @Test
  void ofWhatIsPassedOverAnEvaluationDecidesNothing(Stipend stipend) {
    stipend.database.execute(ALL_KINDS);
    EvaluateBudgets evaluation = stipend.context.getBean(EvaluateBudgets.class);

    assertThat(passOver(evaluation))
        .as("active, running, priced, below its lines and limit, without an alert or a look ahead")
        .isEqualTo((3 + 4) * 2);

    String passed = "SELECT * FROM stipend.budget_periods WHERE NOT dirty ORDER BY subject";
    List<String> before = stipend.database.rows(passed);
    String alerts = "SELECT * FROM stipend.alert_logs ORDER BY id";
    List<String> logged = stipend.database.rows(alerts);
    stipend.database.execute("UPDATE stipend.budget_periods SET dirty = NOT dirty");
    assertThat(evaluation.evaluateDirty(before.size() + 1, NOW)).isEqualTo(before.size());
    assertThat(stipend.database.rows(alerts)).isEqualTo(logged);
    assertThat(stipend.database.rows(passed)).containsAll(before);
  }

  @Test
  void whoEditsSpendsOrRefundsMeanwhileIsNotPassedOver(Stipend stipend) {
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < BUDGETS; n++) {
      ids.add(
          stipend
              .api("POST", "/api/budgets", Usage.monthlyBudget("100").replace("u1", "u" + n))
              .text("id"));
    }
    stipend.database.execute("UPDATE stipend.budget_periods SET dirty = TRUE");
    EvaluateBudgets evaluation = stipend.context.getBean(EvaluateBudgets.class);
    AtomicBoolean isOver = new AtomicBoolean();
    Callable<?> passing =
        () -> {
          int passed = 0;
          while (!isOver.get()) {
            passed += passOver(evaluation);
          }
          return passed;
        };
    Callable<?> working =
        () -> {
          try {
            work(stipend, ids);
          } finally {
            isOver.set(true);
          }
          return ids;
        };
    Race.run(List.of(passing, passing, working));
    stipend.sweep();

    assertThat(
            stipend.database.rows(
                """
                SELECT c.limit_amount, c.spend, (
                    SELECT string_agg(trim_scale(a.threshold) || ' ' || a.state, ', ' ORDER BY a.threshold)
                    FROM stipend.alert_logs a
                    WHERE a.budget_id = c.budget_id AND a.resolved_at IS NULL),
                  count(*)
                FROM stipend.budget_periods c
                WHERE c.period_end > '%s'
                GROUP BY 1, 2, 3
                ORDER BY 2, 1 DESC
                """
                    .formatted(NOW)))
        .containsExactly(
            "100.000000000000|40.000000000000|null|20",
            "50.000000000000|40.000000000000|80 open|20",
            "100.000000000000|90.000000000000|80 open|20");
  }

  /// A third of the budgets gets a lower limit, a third spends more, and a third does so for a
  /// while.
  private static void work(Stipend stipend, List<String> ids) {
    for (int n = 0; n < ids.size(); n++) {
      spend(stipend, n, "first", "40");
      switch (n % 3) {
        case 0 -> stipend.api("PATCH", "/api/budgets/" + ids.get(n), "{\"limitAmount\":50}");
        case 1 -> spend(stipend, n, "second", "50");
        default -> {
          spend(stipend, n, "second", "50");
          spend(stipend, n, "back", "-50");
        }
      }
      stipend.database.execute(
          "UPDATE stipend.budget_periods SET dirty = TRUE WHERE subject = 'u%d'".formatted(n + 1));
    }
  }

  private static void spend(Stipend stipend, int user, String event, String cost) {
    String kind = cost.startsWith("-") ? "\"kind\":\"adjustment\"," : "";
    assertThat(
            stipend.record(
                Usage.costing(event + user, NOW, cost)
                    .replace("u1", "u" + user)
                    .replace("\"cost\"", kind + "\"cost\"")))
        .isEmpty();
  }

  private static int passOver(EvaluateBudgets evaluation) {
    int total = 0;
    Optional<PeriodKey> next = Optional.of(UneventfulPeriods.BEFORE_ALL);
    while (next.isPresent()) {
      EvaluateBudgets.Passed passed = evaluation.passOver(next.get(), AT_ONCE, NOW);
      total += passed.counters();
      next = passed.next();
    }
    return total;
  }
}
