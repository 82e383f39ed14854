package dev.stipend.bench.recording;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.bench.enforcement.EnforcedBudgets;
import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.Load;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.QueryPlans;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Recording into a ledger that is large already, against one that is small; and the plans of the
/// statements that the functions run over the large one.
public final class ScaleBenchmark {
  private static final long LARGE = Long.getLong("stipend.bench.ledger", 10_000_000L);
  private static final long SMALL = 100_000;
  private static final int WARM_UP_ROUNDS = 60;
  private static final int ROUNDS = 120;
  private static final double REQUIRED_RATIO = 0.8;
  private static final int ENFORCED = 10;
  private static final int LATENCY_ROUNDS = 16;
  private static final double REQUIRED_LATENCY = 1.1;

  private ScaleBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    try {
      String large = filled(postgres, queue, "scale_large", LARGE);
      String small = filled(postgres, queue, "scale_small", SMALL);
      List<Figure> figures = new ArrayList<>();
      figures.add(rates(large, small, queue));
      figures.add(latencies(large, small, queue));
      figures.add(scans(postgres, large, queue));
      return figures;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Figure rates(String large, String small, AlertsQueue queue) {
    Instant now = Instant.now();
    UsageSample sample =
        new UsageSample(3, "scale", now, (WARM_UP_ROUNDS + ROUNDS) * (long) UsageSample.BATCH);
    Medians rates = new Medians();
    try (StipendUnderTest intoLarge = new StipendUnderTest(large, queue);
        StipendUnderTest intoSmall = new StipendUnderTest(small, queue)) {
      List<Map.Entry<String, StipendUnderTest>> sides =
          List.of(Map.entry("large", intoLarge), Map.entry("small", intoSmall));
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        SQSEvent messages = UsageSample.messages(sample.batch());
        for (Map.Entry<String, StipendUnderTest> side : Medians.turn(sides, round)) {
          long start = System.nanoTime();
          side.getValue().record(messages);
          double seconds = (System.nanoTime() - start) / 1e9;
          if (round >= WARM_UP_ROUNDS) {
            rates.add(side.getKey(), UsageSample.BATCH / seconds);
          }
        }
      }
    }
    return new Figure(
        "record into %,d rows, to into %,d".formatted(LARGE, SMALL),
        "events/s",
        rates.of("large"),
        OptionalDouble.of(rates.of("small")),
        new Figure.Requirement.RatioAtLeast(REQUIRED_RATIO));
  }

  private static Figure latencies(String large, String small, AlertsQueue queue) {
    Medians times = new Medians();
    try (StipendUnderTest overLarge = new StipendUnderTest(large, queue);
        StipendUnderTest overSmall = new StipendUnderTest(small, queue)) {
      List<Map.Entry<String, EnforcedBudgets>> sides =
          List.of(
              Map.entry("large", new EnforcedBudgets(overLarge.context(), ENFORCED)),
              Map.entry("small", new EnforcedBudgets(overSmall.context(), ENFORCED)));
      for (int round = 0; round < LATENCY_ROUNDS; round++) {
        for (Map.Entry<String, EnforcedBudgets> side : Medians.turn(sides, round)) {
          Load.Seen seen = Load.run(1, 1, client -> side.getValue().reserveAndSettle(0));
          if (round >= LATENCY_ROUNDS / 4) {
            times.add(side.getKey(), seen.p50());
          }
        }
      }
    }
    return new Figure(
        "reserve and settle p50 over %,d rows, to over %,d".formatted(LARGE, SMALL),
        "ms",
        times.of("large"),
        OptionalDouble.of(times.of("small")),
        new Figure.Requirement.RatioAtMost(REQUIRED_LATENCY));
  }

  /// Runs what the functions run at any time of the day, with a plan of each statement in the log.
  private static Figure scans(PostgresServer postgres, String large, AlertsQueue queue)
      throws SQLException, IOException {
    postgres.logPlans("scale_large");
    QueryPlans plans = new QueryPlans(postgres.log());
    plans.skip();
    UsageSample sample = new UsageSample(4, "plans", Instant.now(), 10L * UsageSample.BATCH);
    try (StipendUnderTest stipend = new StipendUnderTest(large, queue)) {
      for (int round = 0; round < 8; round++) {
        SQSEvent messages = UsageSample.messages(sample.batch());
        stipend.record(messages);
        stipend.record(messages);
      }
      stipend.sweep();
    }
    List<QueryPlans.Plan> found = plans.read();
    System.out.println("\nPlans of the hot statements over %,d rows:\n".formatted(LARGE));
    found.forEach(plan -> System.out.println(plan.text() + "\n"));
    Set<String> months = filledMonths(postgres);
    long scans = found.stream().filter(plan -> plan.scansAnyOf(months)).count();
    return new Figure(
        "statements that scan the ledger",
        "",
        scans,
        OptionalDouble.empty(),
        new Figure.Requirement.AtMost(0));
  }

  /// The partitions that hold anything. An empty one is cheaper to scan than to look up in.
  private static Set<String> filledMonths(PostgresServer postgres) throws SQLException {
    try (Connection connection = postgres.connect("scale_large", Map.of());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FILLED_MONTHS)) {
      Set<String> months = new HashSet<>();
      while (rows.next()) {
        months.add(rows.getString(1));
      }
      return months;
    }
  }

  private static final String FILLED_MONTHS =
      """
      SELECT c.relname
      FROM pg_inherits i
      JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = CAST('stipend.usage_logs' AS regclass)
        AND c.reltuples > 0
      """;

  /// A database with a ledger of so many events, in the order of their time, over the last month.
  private static String filled(PostgresServer postgres, AlertsQueue queue, String name, long rows)
      throws SQLException {
    String url = postgres.create(name);
    new StipendUnderTest(url, queue).close();
    try (Connection connection = postgres.connect(name, Map.of())) {
      HotBudgets.create(connection);
      try (Statement statement = connection.createStatement()) {
        // Building the index of random ids at the end takes a tenth of filling it one by one.
        statement.execute(
            "ALTER TABLE stipend.usage_event_ids DROP CONSTRAINT usage_event_ids_pkey");
      }
      for (String fill : List.of(FILL_LEDGER, FILL_IDS)) {
        try (PreparedStatement statement = connection.prepareStatement(fill)) {
          statement.setLong(1, rows);
          statement.setLong(2, rows);
          statement.executeUpdate();
        }
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "ALTER TABLE stipend.usage_event_ids ADD PRIMARY KEY (workspace_id, event_id)");
        statement.execute(FILL_ROLLUP);
        statement.execute("VACUUM ANALYZE");
        statement.execute("CHECKPOINT");
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM stipend.usage_logs")) {
          row.next();
          if (row.getLong(1) != rows) {
            throw new IllegalStateException(
                "%d rows instead of %d".formatted(row.getLong(1), rows));
          }
        }
      }
    }
    try (StipendUnderTest stipend = new StipendUnderTest(url, queue)) {
      stipend.maintain("rebuild");
      stipend.sweep();
    }
    return url;
  }

  private static final String FILL_LEDGER =
      """
      INSERT INTO stipend.usage_logs (
        workspace_id, event_id, occurred_at, recorded_at, kind, user_id, agent_id, workflow_id, team_id, provider,
        model, input_tokens, cached_input_tokens, output_tokens, cost)
      SELECT w.id, md5(n::text), now() - interval '30 days' + n * (interval '29 days' / ?), now(), 'usage',
        'user-' || n % 50, 'agent-' || n % 20, 'workflow-' || n % 5, 'team-' || n % 5, 'openai', 'gpt-4o',
        n % 8000, 0, n % 1500, n % 1000 * 0.00001
      FROM stipend.workspaces w, generate_series(1, ?) AS n
      """;

  private static final String FILL_IDS =
      """
      INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
      SELECT w.id, md5(n::text), now() - interval '30 days' + n * (interval '29 days' / ?), sha256('x'), now()
      FROM stipend.workspaces w, generate_series(1, ?) AS n
      """;

  private static final String FILL_ROLLUP =
      """
      INSERT INTO stipend.cost_tracking (
        workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
        cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
      SELECT workspace_id, date_bin('15 minutes', occurred_at, '2000-01-01T00:00:00Z'), user_id, agent_id,
        workflow_id, team_id, provider, model, sum(cost), count(*), 0, sum(input_tokens), 0, sum(output_tokens)
      FROM stipend.usage_logs
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      """;
}
