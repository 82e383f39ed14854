package dev.stipend.sql;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
    return state(failure)
        .map(state -> state.matches(STATES))
        .orElseGet(() -> sqlFailures(failure).findAny().isPresent());
  }

  /// Whether the database refused with this state.
  public static boolean hasState(Throwable failure, String state) {
    return state(failure).equals(Optional.of(state));
  }

  /// The state of the nearest failure of the database among the causes that has one.
  public static Optional<String> state(Throwable failure) {
    return sqlFailures(failure)
        .flatMap(sql -> Optional.ofNullable(sql.getSQLState()).stream())
        .findFirst();
  }

  private static Stream<SQLException> sqlFailures(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast);
  }
}
