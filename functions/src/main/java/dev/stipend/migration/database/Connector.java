package dev.stipend.migration.database;

import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.ConnectionProblem;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/// Makes the connections of a run, without a pool. A database that sleeps or starts is given up to
/// five tries; a wrong password one more, and only if it has changed meanwhile.
public final class Connector {
  private static final int CONNECT_SECONDS = 10;
  private static final Set<MigrationProblem.Kind> PASSING =
      Set.of(
          MigrationProblem.Kind.CONNECTION,
          MigrationProblem.Kind.STARTING_UP,
          MigrationProblem.Kind.TOO_MANY_CONNECTIONS);

  /// Shares of the patience that are waited between the tries.
  private static final List<Integer> SHARES = List.of(1, 2, 4, 8);

  private static final int ALL_SHARES = 15;

  private final DatabaseAddress address;
  private final Duration patience;

  public Connector(DatabaseAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  /// The address to connect to.
  ///
  /// @throws StoppedException if the environment does not say where the database is
  public DatabaseUrl url() {
    try {
      return address.direct();
    } catch (IllegalStateException | IllegalArgumentException missing) {
      throw new StoppedException(
          new MigrationProblem(
              MigrationProblem.Kind.URL,
              String.valueOf(missing.getMessage()).replaceFirst("\\.?$", "."),
              "Take the connection string that Neon or RDS shows, or set DATABASE_URL_ARN to its"
                  + " secret."));
    }
  }

  /// Connects.
  ///
  /// @throws StoppedException if there is none to be had
  public Connection connect(TimeBudget budget) {
    DatabaseUrl url = url();
    DatabaseLocation.of(url)
        .problem()
        .ifPresent(
            problem -> {
              throw new StoppedException(problem);
            });
    Duration waiting = budget.atMost(patience);
    MigrationProblem problem = null;
    boolean again = false;
    for (int attempt = 0; attempt <= SHARES.size(); attempt++) {
      try {
        return open(url);
      } catch (SQLException failure) {
        problem = ConnectionProblem.of(failure, url);
        if (problem.kind() == MigrationProblem.Kind.AUTHENTICATION && !again) {
          again = true;
          address.forget();
          DatabaseUrl now = url();
          if (!now.equals(url)) {
            url = now;
            continue;
          }
        }
        if (!PASSING.contains(problem.kind()) || waiting.isZero() || attempt == SHARES.size()) {
          break;
        }
        Pause.of(waiting.multipliedBy(SHARES.get(attempt)).dividedBy(ALL_SHARES));
      }
    }
    throw new StoppedException(Objects.requireNonNull(problem));
  }

  private static Connection open(DatabaseUrl url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    url.user().ifPresent(source::setUser);
    url.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName(Session.APPLICATION);
    return source.getConnection();
  }
}
