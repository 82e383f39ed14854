package dev.stipend.platform.sql;

import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/// Tells that the database works and does not do what it is asked, now or later: a value that does
/// not fit, a constraint, a trigger.
public final class StatementRefusal {
  private StatementRefusal() {}

  /// Whether repeating the same is of no use: neither an outage nor contention.
  public static boolean is(Throwable failure) {
    FailureCause cause = FailureCause.of(failure);
    return FailureCause.state(failure).isPresent()
        && (cause == FailureCause.REFUSAL || cause == FailureCause.DEFECT);
  }

  /// What the database says, without the values that it may add, and its SQL state.
  public static String reason(Throwable failure) {
    String message =
        Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
            .filter(PSQLException.class::isInstance)
            .map(PSQLException.class::cast)
            .flatMap(error -> Optional.ofNullable(error.getServerErrorMessage()).stream())
            .flatMap(error -> Optional.ofNullable(error.getMessage()).stream())
            .findFirst()
            .orElse("no reason given");
    return "%s (%s)".formatted(message, FailureCause.state(failure).orElse("no SQL state"));
  }
}
