package dev.stipend.oracle;

import dev.stipend.support.Race;
import dev.stipend.support.Stipend;
import dev.stipend.support.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets processes die: the database ends their connection at a point of their work, once, or at any
/// time.
///
/// @param database of both processes
record Faults(Database database) {
  private static final int MOST_TRIES = 50;
  private static final int MOST_KILLS = 3;

  /// Readies a database. A sequence is what outlives the transaction that dies.
  static void install(Database database) {
    database.execute("CREATE SEQUENCE public.fault");
    database.execute("CREATE TABLE public.fault_point (point text)");
    database.execute(
        """
        CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT last_value FROM public.fault) > 1
            AND EXISTS (SELECT 1 FROM public.fault_point WHERE point = TG_ARGV[0]) THEN
            PERFORM setval('public.fault', 1);
            RAISE EXCEPTION 'the process dies' USING ERRCODE = '57P01';
          END IF;
          RETURN NEW;
        END $$
        """);
    database.execute(
        "CREATE TRIGGER die_alert BEFORE INSERT ON stipend.alert_logs"
            + " FOR EACH ROW EXECUTE FUNCTION public.die('ALERT')");
    for (String status : List.of("sending", "sent")) {
      database.execute(
          """
          CREATE TRIGGER die_%1$s BEFORE UPDATE ON stipend.alert_deliveries FOR EACH ROW
          WHEN (NEW.status = '%1$s' AND OLD.status <> '%1$s') EXECUTE FUNCTION public.die('%2$s')
          """
              .formatted(status, status.equals("sent") ? "SENT" : "CLAIM"));
    }
  }

  /// The next that comes to the point dies there.
  void arm(Step.Point point) {
    database.execute("DELETE FROM public.fault_point");
    database.execute("INSERT INTO public.fault_point VALUES ('" + point + "')");
    database.execute("SELECT setval('public.fault', 2)");
  }

  void disarm() {
    database.execute("SELECT setval('public.fault', 1)");
  }

  /// Whether work came to its end.
  boolean survive(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException died) {
      return false;
    }
  }

  /// Two processes record events at once, while both sweep and deliver and connections are ended.
  /// All is recorded in the end.
  void rush(Stipend one, Stipend two, List<String> events) {
    List<Callable<?>> work = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Stipend process = i % 2 == 0 ? one : two;
      String event = events.get(i);
      work.add(() -> recordInTheEnd(process, event));
    }
    for (Stipend process : List.of(one, two)) {
      work.add(() -> survive(process::sweep));
      work.add(() -> survive(process::deliverAlerts));
    }
    CountDownLatch working = new CountDownLatch(work.size());
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
    racers.add(() -> kill(working));
    Race.run(racers);
    // A session may learn of its end after its work, which is not the fault of what comes next.
    one.forgetSessions();
    two.forgetSessions();
  }

  private boolean recordInTheEnd(Stipend process, String event) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (survive(
          () -> Stage.require(process.recordFor("default", event).isEmpty(), "not recorded"))) {
        return true;
      }
    }
    throw new IllegalStateException("never recorded: " + event);
  }

  private int kill(CountDownLatch working) throws SQLException, InterruptedException {
    int killed = 0;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      while (!working.await(10, TimeUnit.MILLISECONDS) && killed < MOST_KILLS) {
        statement.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'stipend'
              AND state IN ('active', 'idle in transaction')
            ORDER BY random() LIMIT 1
            """);
        killed++;
      }
    }
    return killed;
  }
}
