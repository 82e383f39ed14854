package dev.stipend.migration;

import dev.stipend.migration.database.Session;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.SameVersion;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.prisma.PrismaRuns;
import dev.stipend.migration.report.Progress;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/// Flyway, set up for one migration set on the session of a run.
public final class FlywayRuns {
  /// A history that is nowhere.
  private static final String NO_HISTORY = "flyway_no_history";

  private final Configuration base;
  private final Session session;
  private final MigrationSet set;

  FlywayRuns(Configuration base, Session session, MigrationSet set) {
    this.base = base;
    this.session = session;
    this.set = set;
  }

  /// How history and files stand.
  ///
  /// @throws StoppedException if two files have the same version
  public HistoryState standing(boolean outOfOrder, Optional<String> target) {
    if (set.isPrisma()) {
      return prisma().standing(target);
    }
    SameVersion.refuse(set.files());
    MigrationInfoService info = flyway(outOfOrder, target, List.of()).info();
    return HistoryState.of(info.all(), info.pending());
  }

  /// Runs what is pending.
  public void migrate(boolean outOfOrder, Optional<String> target, Progress progress) {
    if (set.isPrisma()) {
      prisma().migrate(target, progress);
    } else {
      flyway(outOfOrder, target, List.of(progress)).migrate();
    }
  }

  private PrismaRuns prisma() {
    return new PrismaRuns(session.connection(), set, scripts());
  }

  /// The same without migrations that are repeated: they count on the newest version.
  public FlywayRuns versionedOnly() {
    return new FlywayRuns(base, session, set.versionedOnly());
  }

  /// How the files would stand if none had run.
  public HistoryState fromNothing() {
    return new FlywayRuns(base, session, set.withTable(NO_HISTORY))
        .standing(true, Optional.empty());
  }

  public ScriptReader scripts() {
    return new ScriptReader();
  }

  public Configuration settings() {
    return configuration(false, Optional.empty(), List.of());
  }

  private Flyway flyway(boolean outOfOrder, Optional<String> target, List<Callback> callbacks) {
    return configuration(outOfOrder, target, callbacks).load();
  }

  private FluentConfiguration configuration(
      boolean outOfOrder, Optional<String> target, List<Callback> callbacks) {
    FluentConfiguration configuration = new FluentConfiguration();
    configuration.configuration(base);
    configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    target.ifPresent(configuration::target);
    return configuration
        .dataSource(new SessionSource(session))
        .defaultSchema(set.kept().schema())
        .schemas(set.kept().schema())
        .table(set.table())
        .createSchemas(false)
        .resourceProvider(set.files())
        .javaMigrationClassProvider(List::of)
        .javaMigrations(set.javaMigrations().toArray(JavaMigration[]::new))
        .callbacks(callbacks.toArray(Callback[]::new))
        .outOfOrder(outOfOrder)
        .mixed(set.isPrisma())
        // Files are SQL and nothing else; dollars and braces mean what PostgreSQL takes them for.
        .placeholderReplacement(false)
        // What Standing says has been heeded before anything runs.
        .validateOnMigrate(false)
        // A repeatable migration may end, as R__list_prices.sql did; a database may be ahead of
        // this build.
        .ignoreMigrationPatterns("repeatable:missing", "*:future");
  }

  /// Returns the same session each time.
  private record SessionSource(Session session) implements DataSource {
    @Override
    public Connection getConnection() {
      return session.lent();
    }

    @Override
    public Connection getConnection(String user, String password) {
      return session.lent();
    }

    @Override
    public PrintWriter getLogWriter() {
      return new PrintWriter(PrintWriter.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {
      // Nothing is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // It is logged in.
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
