package dev.stipend.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Tells failures of the database itself from failures of what it was asked.
public final class Outage {
  /// Connection failures, too many connections or out of resources, a query that took too long,
  /// shutting down or starting up.
  private static final String STATES = "08.*|53.*|57.*|25006";

  /// Seconds that a request waits for a statement before it takes the database not to answer.
  public static final int PATIENCE = 3;

  private Outage() {}

  /// Whether the database could not answer, so that asking again later may help. A failure to get a
  /// connection from the pool has no state.
  public static boolean is(Throwable failure) {
    SQLException sql = sqlFailure(failure);
    return sql != null && (sql.getSQLState() == null || sql.getSQLState().matches(STATES));
  }

  /// Whether the database refused with this state.
  public static boolean hasState(Throwable failure, String state) {
    SQLException sql = sqlFailure(failure);
    return sql != null && state.equals(sql.getSQLState());
  }

  private static @Nullable SQLException sqlFailure(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
