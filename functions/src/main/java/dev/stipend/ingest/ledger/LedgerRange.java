package dev.stipend.ingest.ledger;

import dev.stipend.platform.sql.Instants;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// A stretch of one workspace's ledger. Its bounds are quarters of an hour.
///
/// @param from the first instant in it
/// @param until the first instant after it
public record LedgerRange(UUID workspace, Instant from, Instant until) {
  public static LedgerRange ofDay(UUID workspace, LocalDate day) {
    return new LedgerRange(
        workspace,
        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /// One quarter of an hour.
  ///
  /// @param start of a quarter of an hour
  public static LedgerRange ofQuarter(UUID workspace, Instant start) {
    return new LedgerRange(workspace, start, start.plus(15, ChronoUnit.MINUTES));
  }

  /// Binds its three values, and answers the number of the next parameter.
  public int bind(PreparedStatement statement, int first) throws SQLException {
    statement.setObject(first, workspace);
    statement.setObject(first + 1, Instants.parameter(from));
    statement.setObject(first + 2, Instants.parameter(until));
    return first + 3;
  }
}
