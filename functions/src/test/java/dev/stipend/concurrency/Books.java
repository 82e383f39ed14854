package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.concurrency.LedgerModel.Limited;
import dev.stipend.support.database.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What the database says in the end, in the lines of {@link LedgerModel}.
record Books(Database database) {
  /// Which of the contents that were told are in the ledger: exactly one for each id, with what the
  /// adjustment that priced it later adds to it.
  List<Told> recorded(Story story) {
    Map<String, Told> byLine = new HashMap<>();
    story.told().forEach(event -> byLine.put(LedgerModel.ledgerLine(event), event));
    List<String> lines =
        database.rows(
            """
            SELECT CASE WHEN event_id LIKE 'stipend:price:%' THEN corrects ELSE event_id END AS id,
              CAST(extract(epoch FROM occurred_at) * 1000000 AS bigint) AS micros,
              user_id, trim_scale(coalesce(sum(cost), 0)), sum(unpriced)
            FROM stipend.usage_logs
            GROUP BY id, micros, user_id
            """);
    assertThat(byLine).containsKeys(lines.toArray(String[]::new));
    List<Told> recorded = lines.stream().map(byLine::get).map(Objects::requireNonNull).toList();
    assertThat(recorded.stream().map(Told::id))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            story.told().stream().map(Told::id).distinct().toList());
    return recorded;
  }

  List<String> tracking() {
    return database.rows(
        """
        SELECT CAST(extract(epoch FROM bucket_start) AS bigint), user_id, agent_id, team_id, provider, model,
          trim_scale(cost), requests, unpriced, input_tokens, cached_input_tokens, output_tokens
        FROM stipend.cost_tracking
        """);
  }

  List<String> counters() {
    return database.rows(
        """
        SELECT budget_id, subject, CAST(extract(epoch FROM period_start) AS bigint), trim_scale(spend), requests,
          unpriced
        FROM stipend.budget_periods
        WHERE (spend, requests, unpriced) IS DISTINCT FROM (0, 0, 0)
        """);
  }

  List<Limited> budgets() {
    List<Limited> budgets = new ArrayList<>();
    for (String row :
        database.rows(
            """
            SELECT id, scope, scope_id, period, time_zone,
              CAST(extract(epoch FROM counts_from) AS bigint)
            FROM stipend.budgets
            """)) {
      String[] parts = row.split("\\|", -1);
      budgets.add(
          new Limited(
              parts[0],
              parts[1],
              parts[2],
              parts[3],
              ZoneId.of(parts[4]),
              Instant.ofEpochSecond(Long.parseLong(parts[5]))));
    }
    return budgets;
  }

  /// Every line that is reached has its one open alert, no other has any, and where spend only
  /// rises there has never been a second one. A period that has ended is measured by what it was
  /// when it ended, and none is told from before its budget was made.
  ///
  /// @param rising counters whose spend never falls
  void assertAlerts(Set<String> rising) {
    List<String> wrong = new ArrayList<>();
    for (String row :
        database.rows(
            """
            SELECT c.budget_id, c.subject, CAST(extract(epoch FROM c.period_start) AS bigint), t.percent,
              CASE
                WHEN c.closed_at IS NULL THEN c.spend * 100 >= b.limit_amount * t.percent
                WHEN c.period_end <= b.created_at THEN FALSE
                ELSE c.spend * 100 >= c.limit_amount * t.percent
              END,
              count(a.id), count(a.id) FILTER (WHERE a.resolved_at IS NULL)
            FROM stipend.budget_periods c
            JOIN stipend.budgets b ON b.id = c.budget_id
            JOIN stipend.budget_thresholds t ON t.budget_id = c.budget_id
            LEFT JOIN stipend.alert_logs a
              ON (a.budget_id, a.subject, a.period_start, a.threshold)
                = (c.budget_id, c.subject, c.period_start, t.percent)
             AND (a.type = 'RESTATED') = (c.closed_at IS NOT NULL)
            WHERE c.closed_at IS NULL OR c.closed_spend * 100 < c.limit_amount * t.percent
            GROUP BY 1, 2, 3, 4, 5
            """)) {
      String[] parts = row.split("\\|", -1);
      boolean reached = parts[4].equals("t");
      int openings = Integer.parseInt(parts[5]);
      int open = Integer.parseInt(parts[6]);
      boolean once =
          openings == open || !rising.contains(String.join("|", parts[0], parts[1], parts[2]));
      if (open != (reached ? 1 : 0) || !once) {
        wrong.add(row);
      }
    }
    assertThat(wrong).as("budget, subject, period, line, reached, alerts, open").isEmpty();
    assertUnpricedAlerts();
    assertEndedPeriodsWereTold();
  }

  private void assertEndedPeriodsWereTold() {
    assertThat(
            database.rows(
                """
                SELECT c.budget_id, c.subject, c.period_start, t.percent
                FROM stipend.budget_periods c
                JOIN stipend.budgets b ON b.id = c.budget_id
                JOIN stipend.budget_thresholds t ON t.budget_id = c.budget_id
                WHERE c.closed_at IS NOT NULL
                  AND c.period_end > b.created_at
                  AND c.spend * 100 >= c.limit_amount * t.percent
                  AND NOT EXISTS (
                    SELECT FROM stipend.alert_logs a
                    WHERE (a.budget_id, a.subject, a.period_start, a.threshold)
                      = (c.budget_id, c.subject, c.period_start, t.percent))
                """))
        .as("lines of periods that have ended of which nobody was told")
        .isEmpty();
    assertThat(
            database.rows(
                """
                SELECT a.*
                FROM stipend.alert_logs a
                JOIN stipend.budget_periods c USING (workspace_id, budget_id, subject, period_start)
                WHERE c.closed_at IS NOT NULL
                  AND a.type <> 'RESTATED'
                  AND a.resolved_at IS NULL
                """))
        .as("open alerts of periods that have ended")
        .isEmpty();
  }

  private void assertUnpricedAlerts() {
    assertThat(
            database.rows(
                """
                SELECT c.budget_id, c.subject, c.unpriced, count(a.id)
                FROM stipend.budget_periods c
                LEFT JOIN stipend.alert_logs a
                  ON (a.budget_id, a.subject, a.period_start, a.type)
                    = (c.budget_id, c.subject, c.period_start, 'UNPRICED_USAGE')
                WHERE c.closed_at IS NULL
                GROUP BY c.budget_id, c.subject, c.period_start, c.unpriced
                HAVING count(a.id) FILTER (WHERE a.resolved_at IS NULL)
                  <> CASE WHEN c.unpriced > 0 THEN 1 ELSE 0 END
                """))
        .as("unpriced usage without its one alert")
        .isEmpty();
  }
}
