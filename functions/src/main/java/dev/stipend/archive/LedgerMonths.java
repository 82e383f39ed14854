package dev.stipend.archive;

import dev.stipend.money.Money;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/// The months of the ledger that have partitions of their own.
@Singleton
class LedgerMonths {
  private static final String PREFIX = "usage_logs_";
  private static final DateTimeFormatter NUMBER = DateTimeFormatter.ofPattern("uuuuMM");

  private final JdbcOperations jdbc;

  LedgerMonths(JdbcOperations jdbc) {
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
          List<YearMonth> months = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              months.add(YearMonth.parse(rows.getString("number"), NUMBER));
            }
          }
          return months;
        });
  }

  @Transactional
  Contents contents(YearMonth month) {
    return jdbc.prepareStatement(
        """
        SELECT w.slug, sum(u.events) AS events, sum(u.cost) AS cost
        FROM (
          SELECT workspace_id, count(*) AS events, coalesce(sum(cost), 0) AS cost
          FROM stipend.%s
          GROUP BY workspace_id) AS u
        JOIN stipend.workspaces w ON w.id = u.workspace_id
        GROUP BY w.slug
        """
            .formatted(table(month)),
        statement -> {
          long events = 0;
          SortedMap<String, Money> costs = new TreeMap<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              events += rows.getLong("events");
              costs.put(rows.getString("slug"), new Money(rows.getBigDecimal("cost")));
            }
          }
          return new Contents(events, costs);
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

  /// Waits, but not long, until nobody writes into a month, and keeps writers waiting until the
  /// caller's transaction ends.
  void lock(YearMonth month) {
    execute("SET LOCAL lock_timeout = '2s'");
    execute("LOCK TABLE stipend.%s IN SHARE MODE".formatted(table(month)));
  }

  /// Drops a month. The ledger is needed alone for that moment; to detach concurrently is
  /// impossible beside a default partition.
  void drop(YearMonth month) {
    execute("ALTER TABLE stipend.usage_logs DETACH PARTITION stipend." + table(month));
    execute("DROP TABLE stipend." + table(month));
  }

  /// Nothing of a month can be priced any more once its rows are gone. Answers how many events
  /// waited for that.
  int forgetUnpriced(YearMonth month) {
    return jdbc.prepareStatement(
        """
        DELETE FROM stipend.unpriced_events
        WHERE occurred_at >= ?
          AND occurred_at < ?
        """,
        statement -> {
          statement.setObject(1, month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC));
          statement.setObject(
              2, month.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC));
          return statement.executeUpdate();
        });
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
