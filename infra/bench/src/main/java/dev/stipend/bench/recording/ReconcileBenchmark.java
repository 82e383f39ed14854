package dev.stipend.bench.recording;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Comparing all totals with the ledger, and those alone of which something changed, with many
/// budgets: beside reading once what is compared.
public final class ReconcileBenchmark {
  private static final List<Integer> BUDGETS = List.of(10_000, 100_000);
  private static final int EVENTS_EACH = 3;
  private static final int ROUNDS = 3;
  private static final double REQUIRED_RATIO = 12;
  private static final double REQUIRED_UNCHANGED = 5;

  private ReconcileBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    List<Figure> figures = new ArrayList<>();
    for (int budgets : BUDGETS) {
      String name = "reconcile_" + budgets;
      try (StipendUnderTest stipend = new StipendUnderTest(postgres.create(name), queue);
          Connection connection = postgres.connect(name, Map.of())) {
        fill(connection, budgets);
        figures.addAll(measure(stipend, connection, budgets));
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
    return figures;
  }

  private static List<Figure> measure(StipendUnderTest stipend, Connection connection, int budgets)
      throws SQLException {
    // Makes the counters, and has what it changed looked at.
    long start = System.nanoTime();
    stipend.reconcile("rebuild", budgets);
    double made = (System.nanoTime() - start) / 1e6;
    stipend.sweep();
    stipend.reconcile("reconcile", 0);
    Medians times = new Medians();
    for (int round = 0; round < ROUNDS; round++) {
      times.add("all", timed(() -> stipend.reconcile("rebuild", 0)));
      times.add("read", read(connection));
      times.add("none", timed(() -> stipend.reconcile("reconcile", 0)));
      UsageSample sample = new UsageSample(round, "reconcile", Instant.now(), UsageSample.BATCH);
      stipend.record(UsageSample.messages(sample.batch()));
      times.add("changed", timed(() -> stipend.reconcile("reconcile", 0)));
    }
    String name = ", %,d budgets".formatted(budgets);
    return List.of(
        new Figure(
            "counters made again" + name,
            "ms",
            made,
            OptionalDouble.empty(),
            new Figure.Requirement.Nothing()),
        new Figure(
            "all totals compared" + name + ", to reading them",
            "ms",
            times.of("all"),
            OptionalDouble.of(times.of("read")),
            new Figure.Requirement.RatioAtMost(REQUIRED_RATIO)),
        new Figure(
            "totals of a changed day compared" + name,
            "ms",
            times.of("changed"),
            OptionalDouble.empty(),
            new Figure.Requirement.Nothing()),
        new Figure(
            "nothing changed" + name + ", to reading all",
            "ms",
            times.of("none"),
            OptionalDouble.of(times.of("read")),
            new Figure.Requirement.RatioAtMost(REQUIRED_UNCHANGED)));
  }

  private static double timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  /// The least that comparing costs: every row of the three tables is read and added up.
  private static double read(Connection connection) throws SQLException {
    long start = System.nanoTime();
    for (String query : READ) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        rows.next();
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static void fill(Connection connection, int budgets) throws SQLException {
    for (String fill : FILL) {
      try (PreparedStatement statement = connection.prepareStatement(fill)) {
        if (fill.contains("?")) {
          statement.setInt(1, budgets);
        }
        statement.execute();
      }
    }
  }

  private static final List<String> READ =
      List.of(
          """
          SELECT sum(s.cost), count(*)
          FROM (
            SELECT date_bin('15 minutes', occurred_at, '2000-01-01T00:00:00Z'), user_id, model, sum(cost) AS cost
            FROM stipend.usage_logs
            GROUP BY 1, 2, 3) s
          """,
          """
          SELECT sum(s.cost), count(*)
          FROM (
            SELECT user_id, date_trunc('month', bucket_start, 'UTC'), sum(cost) AS cost
            FROM stipend.cost_tracking
            GROUP BY 1, 2) s
          """,
          "SELECT sum(spend), count(DISTINCT (budget_id, subject, period_start)) FROM"
              + " stipend.budget_periods");

  private static final List<String> FILL =
      List.of(
          """
          INSERT INTO stipend.budgets (
            workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
          SELECT w.id, 'Budget ' || n, 'user', 'user-' || n, 100, 'monthly', 'UTC',
            date_trunc('month', now() - interval '3 months', 'UTC'), now(), now()
          FROM stipend.workspaces w, generate_series(0, ? - 1) AS n
          WHERE w.slug = 'default'
          """,
          """
          INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity)
          SELECT b.workspace_id, b.id, 'actual', line.percent, line.severity
          FROM stipend.budgets b, (VALUES (80, 'warning'), (100, 'critical')) AS line (percent, severity)
          """,
          """
          INSERT INTO stipend.usage_logs (
            workspace_id, event_id, occurred_at, recorded_at, kind, user_id, agent_id, workflow_id, team_id, provider,
            model, input_tokens, cached_input_tokens, output_tokens, cost)
          SELECT w.id, 'e' || n || '-' || e, now() - interval '1 minute' * mod(n * 7, 40000),
            now() - interval '1 day', 'usage',
            'user-' || n, 'agent-' || mod(n, 20), '', '', 'openai', 'model-' || e, 100, 0, 10, 0.01
          FROM stipend.workspaces w, generate_series(0, ? - 1) AS n, generate_series(1, %d) AS e
          """
              .formatted(EVENTS_EACH),
          """
          INSERT INTO stipend.cost_tracking (
            workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
            cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
          SELECT workspace_id, date_bin('15 minutes', occurred_at, '2000-01-01T00:00:00Z'), user_id, agent_id,
            workflow_id, team_id, provider, model, sum(cost), count(*), 0, sum(input_tokens), 0, sum(output_tokens)
          FROM stipend.usage_logs
          GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
          """,
          "VACUUM ANALYZE");
}
