package dev.stipend.concurrency;

import dev.stipend.support.Race;
import dev.stipend.support.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends connections of the product in the middle of their work.
final class Killer {
  private Killer() {}

  /// Runs the work in threads that start together, while connections are ended, so many at most:
  /// who is killed whenever it comes back never ends. Answers how many were.
  static int race(Database database, List<? extends Callable<?>> work, int most) {
    CountDownLatch working = new CountDownLatch(work.size());
    int[] killed = {0};
    List<Callable<?>> racers = new ArrayList<>();
    for (Callable<?> each : work) {
      racers.add(
          () -> {
            try {
              return each.call();
            } finally {
              working.countDown();
            }
          });
    }
    racers.add(
        () -> {
          try (Connection connection = database.connect();
              Statement statement = connection.createStatement()) {
            while (!working.await(25, TimeUnit.MILLISECONDS) && killed[0] < most) {
              killed[0] += killOne(statement);
            }
          }
          return killed;
        });
    Race.run(racers);
    return killed[0];
  }

  private static int killOne(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
            FROM (
              SELECT pid
              FROM pg_stat_activity
              WHERE datname = current_database()
                AND application_name = 'stipend'
                AND state IN ('active', 'idle in transaction')
              ORDER BY random()
              LIMIT 1) AS victim
            """)) {
      row.next();
      return row.getInt(1);
    }
  }
}
