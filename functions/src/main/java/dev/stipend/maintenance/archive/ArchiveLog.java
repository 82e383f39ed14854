package dev.stipend.maintenance.archive;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;

/// The record of the months that have left the database, or are about to.
@Singleton
class ArchiveLog {
  private static final Argument<Map<String, String>> COSTS =
      Argument.mapOf(String.class, String.class);

  private final JdbcOperations jdbc;
  private final JsonText json;

  ArchiveLog(JdbcOperations jdbc, JsonText json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// The part of a month that is archived and not yet dropped.
  @Transactional
  Optional<ArchivedMonth> findPending(YearMonth month) {
    return jdbc.prepareStatement(
        """
        SELECT part, rows, costs, location, format, sha256
        FROM stipend.usage_archives
        WHERE month = ?
          AND dropped_at IS NULL
        """,
        statement -> {
          statement.setObject(1, month.atDay(1));
          return Rows.first(statement, row -> read(month, row));
        });
  }

  /// The number of a month's next part.
  @Transactional
  int nextPart(YearMonth month) {
    return jdbc.prepareStatement(
        "SELECT count(*) + 1 FROM stipend.usage_archives WHERE month = ? AND dropped_at IS NOT"
            + " NULL",
        statement -> {
          statement.setObject(1, month.atDay(1));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  @Transactional
  void insert(ArchivedMonth archived, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.usage_archives (month, part, rows, costs, location, format, sha256, archived_at)
        VALUES (?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?)
        """,
        archived.month().atDay(1),
        archived.part(),
        archived.contents().rows(),
        json.write(archived.contents().costsAsTexts()),
        archived.location(),
        archived.format().map(Labels::of).orElse("none"),
        archived.sha256().orElse(null),
        now);
  }

  /// Forgets an archive that does not hold what it should; the month is archived anew.
  @Transactional
  void delete(ArchivedMonth archived) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.usage_archives WHERE month = ? AND part = ? AND dropped_at IS NULL",
        archived.month().atDay(1),
        archived.part());
  }

  @Transactional
  void markDropped(ArchivedMonth archived, Instant now) {
    Sql.update(
        jdbc,
        "UPDATE stipend.usage_archives SET dropped_at = ? WHERE month = ? AND part = ?",
        now,
        archived.month().atDay(1),
        archived.part());
  }

  /// Whether the totals of a month before another one, which has left itself, are still there.
  boolean hasTotals(YearMonth end) {
    return jdbc.prepareStatement(
        """
        SELECT EXISTS (
          SELECT
          FROM stipend.usage_archives
          WHERE month < ?
            AND dropped_at IS NOT NULL
            AND totals_dropped_at IS NULL)
        """,
        statement -> {
          statement.setObject(1, end.atDay(1));
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
          }
        });
  }

  /// Notes that the totals of those months leave. Answers of how many.
  int markTotalsDropped(YearMonth end, Instant now) {
    return Sql.update(
        jdbc,
        """
        UPDATE stipend.usage_archives
        SET totals_dropped_at = ?
        WHERE month < ?
          AND dropped_at IS NOT NULL
          AND totals_dropped_at IS NULL
        """,
        now,
        end.atDay(1));
  }

  private ArchivedMonth read(YearMonth month, ResultSet row) throws SQLException {
    String format = row.getString("format");
    return new ArchivedMonth(
        month,
        row.getInt("part"),
        new MonthContents(
            row.getLong("rows"), MonthContents.costsOf(json.read(row.getString("costs"), COSTS))),
        row.getString("location"),
        format.equals("none")
            ? Optional.empty()
            : Optional.of(Labels.parse(ArchiveFormat.class, format)),
        Optional.ofNullable(row.getString("sha256")));
  }
}
