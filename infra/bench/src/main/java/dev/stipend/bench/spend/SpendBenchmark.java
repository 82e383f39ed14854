package dev.stipend.bench.spend;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Interval;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.Period;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;

/// A year of spend by day, of 10 million events: 285 in each quarter of an hour, of 30 among 60
/// combinations of user, agent and model, which are 1,051,200 rows of the rollup.
public final class SpendBenchmark {
  private static final int ROUNDS = 5;
  private static final int GROUPS = 8;
  private static final long EVENTS = 10_000_000;
  private static final double REQUIRED_MILLIS = 500;
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private static final String FILL =
      """
      INSERT INTO stipend.cost_tracking (
        workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
        cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
      SELECT w.id, timestamptz '2025-01-01T00:00:00Z' + quarter * interval '15 minutes',
        'user-' || owner / 6, 'agent-' || owner / 3 % 2, '', 'team-' || owner / 6 % 3, 'openai', 'model-' || owner % 3,
        0.123456 * owner, 9 + CAST(number % 2 = 0 AS integer), 0, 10000, 1000, 2000
      FROM stipend.workspaces w,
        generate_series(0, 35039) AS quarter,
        generate_series(0, 29) AS number,
        LATERAL (SELECT (quarter + number * 7) % 60 AS owner) AS each
      WHERE w.slug = 'default'
      """;

  private SpendBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    String name = "spend_of_a_year";
    try (StipendUnderTest stipend = new StipendUnderTest(postgres.create(name), queue);
        Connection connection = postgres.connect(name, Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute(FILL);
      statement.execute("VACUUM ANALYZE stipend.cost_tracking");
      return List.of(
          figure(stipend, "a year of spend by day", List.of()),
          figure(stipend, "a year of spend by day and user", List.of(Column.USER)),
          figure(stipend, "a year of spend by day and model", List.of(Column.MODEL)));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Figure figure(StipendUnderTest stipend, String title, List<Dimension> groupBy) {
    SpendReports reports = stipend.context().getBean(SpendReports.class);
    UUID workspace =
        stipend
            .context()
            .getBean(WorkspaceRepository.class)
            .findBySlug(Workspace.DEFAULT_SLUG)
            .orElseThrow()
            .id();
    SpendQuery query =
        new SpendQuery(
            Interval.DAY.split(new Period(START, END), ZoneOffset.UTC, SpendQuery.MOST_INTERVALS),
            groupBy,
            Map.of(),
            GROUPS,
            0);
    Medians times = new Medians();
    for (int round = 0; round < 1 + ROUNDS; round++) {
      long start = System.nanoTime();
      SpendReport report = reports.read(workspace, query);
      double milliseconds = (System.nanoTime() - start) / 1e6;
      if (report.totals().requests() * 100 / EVENTS < 98) {
        throw new IllegalStateException("too few requests: " + report.totals());
      }
      if (round > 0) {
        times.add("read", milliseconds);
      }
    }
    return new Figure(
        title,
        "ms",
        times.of("read"),
        OptionalDouble.empty(),
        new Figure.Requirement.AtMost(REQUIRED_MILLIS));
  }
}
