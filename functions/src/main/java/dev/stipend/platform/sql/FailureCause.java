package dev.stipend.platform.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Why the database did not do what it was asked. The cause decides what the caller does next.
public enum FailureCause {
  /// Others hold what this needs: a lock, a connection, the time of the server. The database is
  /// well, and the same request succeeds when the others are done.
  CONTENTION("55P03|57014|40001|40P01|53300|25P03|25P04"),

  /// The database does not answer: it cannot be reached, lets nobody in, or has nothing left to
  /// work with.
  OUTAGE("08...|28...|3D000|53...|57...|58...|25006"),

  /// The database does not take these values: no repetition changes that, and other requests are
  /// not affected.
  REFUSAL("21000|22...|23...|44...|54...|P0001|STP.."),

  /// Everything else, which is a fault of this program or of the schema.
  DEFECT("");

  private final Pattern states;

  FailureCause(String states) {
    this.states = Pattern.compile(states);
  }

  /// The cause of a failure, by the nearest SQLSTATE among its causes. The first constant that
  /// names the state counts.
  public static FailureCause of(Throwable failure) {
    if (failure instanceof ContentionException) {
      return CONTENTION;
    }
    return state(failure)
        .map(FailureCause::ofState)
        .orElseGet(
            () -> sqlFailures(failure).findFirst().map(FailureCause::unnamed).orElse(DEFECT));
  }

  /// The cause that an SQLSTATE stands for.
  static FailureCause ofState(String state) {
    return Stream.of(values())
        .filter(cause -> cause.states.matcher(state).matches())
        .findFirst()
        .orElse(DEFECT);
  }

  /// A pool that only waited for its own connections has no other failure to name. Whatever else
  /// has no state comes from before there was a session.
  private static FailureCause unnamed(SQLException failure) {
    return failure instanceof SQLTransientConnectionException && failure.getCause() == null
        ? CONTENTION
        : OUTAGE;
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
