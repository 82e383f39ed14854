package dev.stipend.ingest.source;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many rows of each day were read of a source, as its own column tells days.
@Singleton
public class SourceDays {
  private final JdbcOperations jdbc;

  SourceDays(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Adds rows, in the caller's transaction.
  public void add(SpendSource source, Map<LocalDate, Long> rows) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.spend_source_days AS d (workspace_id, source_id, day, rows_seen)
        SELECT ?, ?, CAST(day AS date), seen
        FROM unnest(?, ?) AS entry (day, seen)
        ON CONFLICT (workspace_id, source_id, day) DO UPDATE
        SET rows_seen = d.rows_seen + EXCLUDED.rows_seen
        """,
        statement -> {
          Statements.bind(statement, source.workspaceId(), source.id());
          new ArrayBinder<>(statement, 3, List.copyOf(rows.entrySet()))
              .texts(entry -> entry.getKey().toString())
              .longs(Map.Entry::getValue);
          return statement.executeUpdate();
        });
  }

  /// Forgets days before one.
  public void forgetBefore(SpendSource source, LocalDate day) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.spend_source_days WHERE workspace_id = ? AND source_id = ? AND day <"
            + " CAST(? AS date)",
        source.workspaceId(),
        source.id(),
        day.toString());
  }

  /// How many rows of a day were read.
  @Transactional
  public long of(SpendSource source, LocalDate day) {
    return Sql.first(
            jdbc,
            """
            SELECT rows_seen
            FROM stipend.spend_source_days
            WHERE workspace_id = ? AND source_id = ? AND day = CAST(? AS date)
            """,
            row -> row.getLong("rows_seen"),
            source.workspaceId(),
            source.id(),
            day.toString())
        .orElse(0L);
  }

  /// Those of some days that were compared since a time.
  @Transactional
  public Set<LocalDate> comparedSince(SpendSource source, Instant since) {
    return Sql.set(
        jdbc,
        """
        SELECT day
        FROM stipend.spend_source_days
        WHERE workspace_id = ? AND source_id = ? AND compared_at > ?
        """,
        row -> row.getObject("day", LocalDate.class),
        source.workspaceId(),
        source.id(),
        since);
  }

  /// Notes that a day was compared.
  @Transactional
  public void compared(SpendSource source, LocalDate day, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.spend_source_days (workspace_id, source_id, day, rows_seen, compared_at)
        VALUES (?, ?, CAST(? AS date), 0, ?)
        ON CONFLICT (workspace_id, source_id, day) DO UPDATE
        SET compared_at = EXCLUDED.compared_at
        """,
        source.workspaceId(),
        source.id(),
        day.toString(),
        now);
  }

  /// Notes how many rows of a day there are when all of it was read again.
  @Transactional
  public void set(SpendSource source, LocalDate day, long rows) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.spend_source_days (workspace_id, source_id, day, rows_seen)
        VALUES (?, ?, CAST(? AS date), ?)
        ON CONFLICT (workspace_id, source_id, day) DO UPDATE
        SET rows_seen = EXCLUDED.rows_seen
        """,
        source.workspaceId(),
        source.id(),
        day.toString(),
        rows);
  }
}
