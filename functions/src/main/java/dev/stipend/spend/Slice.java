package dev.stipend.spend;

import dev.stipend.sql.Instants;
import dev.stipend.time.Period;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/// A stretch of one workspace's ledger. Its bounds are quarters of an hour.
///
/// @param from the first instant in it
/// @param until the first instant after it
record Slice(UUID workspace, Instant from, Instant until) {
  static Slice ofDay(UUID workspace, LocalDate day) {
    return new Slice(
        workspace,
        day.atStartOfDay(ZoneOffset.UTC).toInstant(),
        day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  static Slice since(UUID workspace, Instant from) {
    return new Slice(workspace, from, Period.FOREVER);
  }

  /// Binds its three values, and answers the number of the next parameter.
  int bind(PreparedStatement statement, int first) throws SQLException {
    statement.setObject(first, workspace);
    statement.setObject(first + 1, Instants.parameter(from));
    statement.setObject(first + 2, Instants.parameter(until));
    return first + 3;
  }
}
