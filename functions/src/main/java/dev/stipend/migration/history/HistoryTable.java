package dev.stipend.migration.history;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/// Writes single rows of Flyway's history, for what Flyway itself has no word for.
public final class HistoryTable implements History {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Connection connection;
  private final MigrationSet set;

  public HistoryTable(Connection connection, MigrationSet set) {
    this.connection = connection;
    this.set = set;
  }

  /// Makes it as Flyway would, where Flyway would refuse: in a schema that has tables.
  @Override
  public void create() throws SQLException {
    createSchema(connection, set.kept().schema());
    Query.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS %1$s (
          installed_rank integer NOT NULL CONSTRAINT "%2$s_pk" PRIMARY KEY,
          version varchar(50),
          description varchar(200) NOT NULL,
          type varchar(20) NOT NULL,
          script varchar(1000) NOT NULL,
          checksum integer,
          installed_by varchar(100) NOT NULL,
          installed_on timestamp NOT NULL DEFAULT now(),
          execution_time integer NOT NULL,
          success boolean NOT NULL
        );
        CREATE INDEX IF NOT EXISTS "%2$s_s_idx" ON %1$s (success)
        """
            .formatted(set.history(), set.table()));
  }

  /// Creates a schema, unless it is there.
  public static void createSchema(Connection connection, String schema) throws SQLException {
    try {
      if (Query.row(connection, "SELECT to_regnamespace(quote_ident(?))", schema)
          .optional(0)
          .isEmpty()) {
        Query.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Identifiers.quoted(schema));
      }
    } catch (SQLException failure) {
      // IF NOT EXISTS looks before it leaps: of two sets at once, one finds the name taken.
      if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }

  /// Writes that a migration is in, without running it.
  @Override
  public void insert(MigrationInfo migration) throws SQLException {
    @Nullable Object checksum = migration.getResolvedChecksum();
    Query.update(
        connection,
        """
        INSERT INTO %1$s (
          installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        SELECT coalesce(max(installed_rank), 0) + 1, ?, ?, 'SQL', ?, CAST(? AS integer), current_user, 0, TRUE
        FROM %1$s
        """
            .formatted(set.history()),
        migration.getVersion().getVersion(),
        migration.getDescription(),
        migration.getScript(),
        checksum);
  }

  /// Forgets a version; within the transaction that undoes it.
  @Override
  public void delete(String version) throws SQLException {
    Query.update(connection, "DELETE FROM %s WHERE version = ?".formatted(set.history()), version);
  }

  @Override
  public void deleteFailed(String script) throws SQLException {
    Query.update(
        connection,
        "DELETE FROM %s WHERE script = ? AND NOT success".formatted(set.history()),
        script);
  }

  /// Forgets the migrations without a version, so that they run again.
  @Override
  public void deleteRepeatable() throws SQLException {
    if (exists()) {
      Query.update(connection, "DELETE FROM %s WHERE version IS NULL".formatted(set.history()));
    }
  }

  @Override
  public Optional<Checksums> checksums(MigrationInfo migration) {
    Integer then = migration.getAppliedChecksum();
    Integer now = migration.getResolvedChecksum();
    return then == null || now == null
        ? Optional.empty()
        : Optional.of(new Checksums(then.toString(), now.toString()));
  }

  @Override
  public void acceptChecksum(MigrationInfo migration) throws SQLException {
    @Nullable Object checksum = migration.getResolvedChecksum();
    Query.update(
        connection,
        "UPDATE %s SET checksum = CAST(? AS integer) WHERE version = ?".formatted(set.history()),
        checksum,
        migration.getVersion().getVersion());
  }

  @Override
  public List<MigrationReport.HistoryLine> lines(HistoryState standing) throws SQLException {
    return standing.lines(times());
  }

  boolean exists() throws SQLException {
    return Query.row(connection, "SELECT to_regclass(?)", set.history()).optional(0).isPresent();
  }

  /// When each rank was installed, ISO 8601; sessions of migrations are in UTC.
  Map<Integer, String> times() throws SQLException {
    Map<Integer, String> times = new HashMap<>();
    if (exists()) {
      Query.rows(
              connection,
              """
              SELECT installed_rank, to_char(installed_on, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
              FROM %s
              """
                  .formatted(set.history()))
          .forEach(row -> times.put((int) row.number(0), row.text(1)));
    }
    return times;
  }

  /// The version of the newest migration that is in; empty if there is none.
  @Override
  public Optional<String> version() throws SQLException {
    if (!exists()) {
      return Optional.empty();
    }
    return Query.rows(
            connection,
            """
            SELECT version
            FROM %s
            WHERE success
              AND version IS NOT NULL
            """
                .formatted(set.history()))
        .stream()
        .map(row -> MigrationVersion.fromVersion(row.text(0)))
        .max(Comparator.naturalOrder())
        .map(MigrationVersion::getVersion);
  }
}
