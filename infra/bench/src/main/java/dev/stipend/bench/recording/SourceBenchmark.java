package dev.stipend.bench.recording;

import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.source.ConnectSource;
import dev.stipend.usecase.source.PullSource;
import dev.stipend.usecase.source.PullSources;
import dev.stipend.usecase.source.SourceForm;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.postgresql.PGConnection;

/// Reading a table of an application: a backlog, against the import of the same rows from a file in
/// the same run; and a large table in which nothing is new.
public final class SourceBenchmark {
  private static final int ROWS = Integer.getInteger("stipend.bench.rows", 1_000_000);
  private static final int TABLE_ROWS = Integer.getInteger("stipend.bench.table", 10_000_000);
  private static final int WARM_UP_ROWS = 100_000;
  private static final int PAGE = 10_000;
  private static final int SWEEPS = 21;
  private static final double SHARE_OF_IMPORT = 80;
  private static final double MOST_MILLIS = 50;
  private static final String COLUMNS =
      "event_id,occurred_at,user_id,agent_id,workflow_id,team_id,provider,model,input_tokens,"
          + "cached_input_tokens,output_tokens";

  private SourceBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    try {
      Path file = Files.createTempFile("stipend-backlog", ".csv");
      try {
        ImportBenchmark.write(file, new UsageSample(7, "backlog", Instant.now(), ROWS), ROWS);
        double imported = imported(postgres, queue, file);
        double pulled = pulled(postgres, queue, file);
        return List.of(
            new Figure(
                "backlog of a source, of its import's rate",
                "%",
                100 * pulled / imported,
                OptionalDouble.empty(),
                new Figure.Requirement.AtLeast(SHARE_OF_IMPORT)),
            new Figure(
                "sweep of a source with nothing new, %,d rows".formatted(TABLE_ROWS),
                "ms",
                idle(postgres, queue),
                OptionalDouble.empty(),
                new Figure.Requirement.AtMost(MOST_MILLIS)));
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static double imported(PostgresServer postgres, AlertsQueue queue, Path file)
      throws SQLException {
    try (StipendUnderTest stipend = new StipendUnderTest(postgres.create("backlog_file"), queue);
        Connection connection = postgres.connect("backlog_file", Map.of())) {
      HotBudgets.create(connection);
      warmUp(stipend);
      long start = System.nanoTime();
      stipend.importFile(file);
      return ROWS / seconds(start);
    }
  }

  private static double pulled(PostgresServer postgres, AlertsQueue queue, Path file)
      throws SQLException {
    try (StipendUnderTest stipend = new StipendUnderTest(postgres.create("backlog_table"), queue);
        Connection connection = postgres.connect("backlog_table", Map.of())) {
      HotBudgets.create(connection);
      table(connection);
      try (Reader rows = Files.newBufferedReader(file)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY host.calls (%s) FROM STDIN (FORMAT csv, HEADER)".formatted(COLUMNS), rows);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      execute(connection, "ANALYZE host.calls");
      warmUp(stipend);
      SpendSource source = connect(stipend, "all");
      long start = System.nanoTime();
      PullSource.Outcome outcome = pull(stipend, source);
      double rate = ROWS / seconds(start);
      if (outcome.recorded() != ROWS || !outcome.isDone()) {
        throw new IllegalStateException("not all rows were recorded: " + outcome);
      }
      return rate;
    }
  }

  /// The median of sweeps.
  private static double idle(PostgresServer postgres, AlertsQueue queue) throws SQLException {
    try (StipendUnderTest stipend = new StipendUnderTest(postgres.create("idle_table"), queue);
        Connection connection = postgres.connect("idle_table", Map.of())) {
      table(connection);
      execute(
          connection,
          """
          INSERT INTO host.calls (event_id, occurred_at, user_id, model, input_tokens, cached_input_tokens, output_tokens)
          SELECT 'call-' || i, now() - i * interval '2 seconds', 'user ' || i %% 1000, 'gpt-4o', 100, 0, 10
          FROM generate_series(1, %d) AS i
          """
              .formatted(TABLE_ROWS));
      execute(connection, "VACUUM ANALYZE host.calls");
      connect(stipend, "now");
      stipend.sweep();
      String scans = scans(connection);
      double[] millis = new double[SWEEPS];
      for (int i = 0; i < SWEEPS; i++) {
        execute(
            connection,
            "UPDATE stipend.spend_sources SET next_pull_at = now() - interval '1 second'");
        long start = System.nanoTime();
        stipend.sweep();
        millis[i] = seconds(start) * 1000;
      }
      if (!scans(connection).equals(scans)) {
        throw new IllegalStateException("a sweep read the whole table");
      }
      Arrays.sort(millis);
      return millis[SWEEPS / 2];
    }
  }

  private static void table(Connection connection) throws SQLException {
    execute(
        connection,
        """
        CREATE SCHEMA host;
        CREATE TABLE host.calls (
          event_id text PRIMARY KEY, occurred_at timestamptz NOT NULL, user_id text, agent_id text, workflow_id text,
          team_id text, provider text, model text, input_tokens bigint, cached_input_tokens bigint, output_tokens bigint);
        CREATE INDEX ON host.calls (occurred_at, event_id)
        """);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String scans(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq_scan FROM pg_stat_user_tables WHERE schemaname = 'host'")) {
      row.next();
      return row.getString(1);
    }
  }

  /// Rows of a file of their own, so that both sides begin warm.
  private static void warmUp(StipendUnderTest stipend) {
    try {
      Path file = Files.createTempFile("stipend-warm-up", ".csv");
      try {
        ImportBenchmark.write(
            file, new UsageSample(7, "warm-up", Instant.now(), WARM_UP_ROWS), WARM_UP_ROWS);
        stipend.importFile(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static SpendSource connect(StipendUnderTest stipend, String from) {
    Workspace workspace =
        stipend
            .context()
            .getBean(WorkspaceRepository.class)
            .findBySlug(Workspace.DEFAULT_SLUG)
            .orElseThrow();
    ConnectSource connecting = stipend.context().getBean(ConnectSource.class);
    Instant now = Instant.now();
    SourceForm form =
        SourceForm.read(
            Map.of("name", "calls", "schema", "host", "relation", "calls", "from", from),
            workspace,
            true);
    ConnectSource.Checked checked = connecting.check(workspace, form.settings(), form.from(), now);
    return connecting.connect(workspace, checked, form.from(), now);
  }

  private static PullSource.Outcome pull(StipendUnderTest stipend, SpendSource source) {
    return stipend
        .context()
        .getBean(PullSources.class)
        .pullNow(
            stipend
                .context()
                .getBean(SourceRepository.class)
                .find(source.workspaceId(), source.id())
                .orElseThrow(),
            new PullSource.Extent(PAGE, TimeLeft.UNLIMITED, page -> {}),
            Instant.now())
        .orElseThrow();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
