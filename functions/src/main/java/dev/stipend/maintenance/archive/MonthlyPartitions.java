package dev.stipend.maintenance.archive;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/// The months of the ledger that have partitions of their own.
@Singleton
class MonthlyPartitions {
  private static final String PREFIX = "usage_logs_";
  private static final DateTimeFormatter NUMBER = DateTimeFormatter.ofPattern("uuuuMM");

  private final JdbcOperations jdbc;

  MonthlyPartitions(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The months before another, oldest first.
  @Transactional
  List<YearMonth> before(YearMonth end) {
    return jdbc.prepareStatement(
        """
        SELECT substr(c.relname, length('usage_logs_') + 1) AS number
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = CAST('stipend.usage_logs' AS regclass)
          AND c.relname ~ '^usage_logs_[0-9]{6}$'
          AND c.relname < ?
        ORDER BY c.relname
        """,
        statement -> {
          statement.setString(1, table(end));
          return Rows.list(statement, rows -> YearMonth.parse(rows.getString("number"), NUMBER));
        });
  }

  /// What a month holds.
  ///
  /// @param recent how many of its rows were recorded since an instant
  record Standing(MonthContents contents, long recent) {}

  @Transactional
  MonthContents contents(YearMonth month) {
    return standing(month, Period.FOREVER).contents();
  }

  @Transactional
  Standing standing(YearMonth month, Instant since) {
    return jdbc.prepareStatement(
        """
        SELECT w.slug, u.events, u.cost, u.recent
        FROM (
          SELECT workspace_id, count(*) AS events, coalesce(sum(cost), 0) AS cost,
            count(*) FILTER (WHERE recorded_at >= ?) AS recent
          FROM stipend.%s
          GROUP BY workspace_id) AS u
        JOIN stipend.workspaces w ON w.id = u.workspace_id
        """
            .formatted(table(month)),
        statement -> {
          statement.setObject(1, Instants.parameter(since));
          long events = 0;
          long recent = 0;
          SortedMap<String, Money> costs = new TreeMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              events += rows.getLong("events");
              recent += rows.getLong("recent");
              costs.put(rows.getString("slug"), new Money(rows.getBigDecimal("cost")));
            }
          }
          return new Standing(new MonthContents(events, costs), recent);
        });
  }

  /// How many rows of a month were recorded since an instant. The index of that time answers it,
  /// however large the month is.
  long countRecordedSince(YearMonth month, Instant since) {
    return jdbc.prepareStatement(
        "SELECT count(*) FROM stipend.%s WHERE recorded_at >= ?".formatted(table(month)),
        statement -> {
          statement.setObject(1, Instants.parameter(since));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  /// Whether a month still has a partition of its own.
  boolean exists(YearMonth month) {
    return jdbc.prepareStatement(
        "SELECT to_regclass(?) IS NOT NULL",
        statement -> {
          statement.setString(1, "stipend." + table(month));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
          }
        });
  }

  /// Writes all rows of a month. The transaction lasts as long as the writing does, for a month may
  /// be larger than this machine's disk; it only reads.
  @Transactional
  void copy(YearMonth month, ArchiveFormat format, OutputStream out) {
    jdbc.execute(
        connection -> {
          try {
            return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(format.copy(table(month)), out);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  /// Waits, but not long, until nobody uses the ledger, and keeps everybody waiting until the
  /// caller's transaction ends. Everybody locks the ledger before its months, and so does this: no
  /// deadlock.
  void lockLedger() {
    execute("SET LOCAL lock_timeout = '2s'");
    execute("LOCK TABLE ONLY stipend.usage_logs IN ACCESS EXCLUSIVE MODE");
  }

  /// Drops a month; the caller has locked the ledger. To detach concurrently is impossible beside a
  /// default partition.
  void drop(YearMonth month) {
    execute("ALTER TABLE stipend.usage_logs DETACH PARTITION stipend." + table(month));
    execute("DROP TABLE stipend." + table(month));
  }

  private void execute(String sql) {
    jdbc.execute(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  private static String table(YearMonth month) {
    return PREFIX + NUMBER.format(month);
  }
}
