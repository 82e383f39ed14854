package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.process.ClientMain;
import dev.stipend.support.process.WorkerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Clients in processes of their own, killed in the middle of what they do, round after round, each
/// round finding what the dead of the round before held and never ended.
@ExtendWith(StipendExtension.class)
class KilledReservationsTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 3;
  private static final int CLIENTS = 2;

  /// Longer than anything of a round is held.
  private static final Duration ROUND = Duration.ofMinutes(10);

  private final Holder holder = new Holder();
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final Map<String, Integer> done = new ConcurrentHashMap<>();
  private final List<Process> started = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void clientsThatAreKilledAnywhereNeverOverspendAndLeaveNothingHalf(Stipend stipend)
      throws Exception {
    holder.budget(stipend, "user", "*", "12", true);
    holder.budget(stipend, "agent", "a1", "25", true);
    holder.budget(stipend, "workspace", "default", "24", true);
    long leftBehind = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Instant beginning = SettableClock.START.plus(ROUND.multipliedBy(round));
      stipend.clock.set(beginning);
      List<Process> clients = start(stipend);
      try (Snapshots snapshots = new Snapshots(stipend.database)) {
        Race.run(killings(stipend, clients, beginning));
        awaitTheEndOfWhatTheyBegan(stipend);
        assertThat(snapshots.overLimit()).isEmpty();
        assertThat(snapshots.negative()).isEmpty();
        assertThat(snapshots.torn()).isEmpty();
      }
      leftBehind += count(stipend, "SELECT count(*) FROM stipend.budget_periods WHERE held > 0");
    }
    assertThat(done).containsOnlyKeys("refused", "released", "forgotten", "settled");
    assertThat(leftBehind).as("counters that the dead left holding").isPositive();

    stipend.clock.set(SettableClock.START.plus(ROUND.multipliedBy(ROUNDS)));
    stipend.sweep();

    assertNothingIsHalf(stipend);
    assertSpendIsTheLedgers(stipend);
    assertThat(stipend.maintain("reconcile").toString()).contains("differences=[]");
  }

  private List<Process> start(Stipend stipend) throws IOException {
    List<Process> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      clients.add(
          WorkerProcess.of(
                  stipend,
                  directory,
                  List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"),
                  ClientMain.class,
                  Long.toString(random.nextLong()))
              .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
              .start());
    }
    started.addAll(clients);
    for (Process client : clients) {
      assertThat(told(client.inputReader())).isEqualTo("ready");
    }
    return clients;
  }

  /// What a client tells next.
  private String told(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(ClientMain.TELLS)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new AssertionError("It ended by itself: " + Files.readString(errors()));
    }
    return line.substring(ClientMain.TELLS.length());
  }

  private Path errors() {
    return directory.resolve("errors");
  }

  /// Lets each client work, and kills it when it has done some number of things; sweeps meanwhile.
  private List<Callable<Void>> killings(Stipend stipend, List<Process> clients, Instant beginning) {
    List<Callable<Void>> all = new ArrayList<>();
    for (Process client : clients) {
      int deeds = 20 + random.nextInt(120);
      all.add(
          () -> {
            try (Writer orders = client.outputWriter();
                BufferedReader lines = client.inputReader()) {
              orders.write(beginning + "\n");
              orders.flush();
              for (int deed = 0; deed < deeds; deed++) {
                done.merge(told(lines), 1, Integer::sum);
              }
              client.destroyForcibly();
            }
            assertThat(client.waitFor()).as("killed, not finished").isEqualTo(128 + 9);
            stipend.sweep();
            return null;
          });
    }
    return all;
  }

  /// The database finishes what it was told last by those who are dead.
  private static void awaitTheEndOfWhatTheyBegan(Stipend stipend) {
    await()
        .until(
            () ->
                stipend
                    .database
                    .rows(
                        """
                        SELECT 1
                        FROM pg_stat_activity
                        WHERE datname = current_database()
                          AND pid <> pg_backend_pid()
                          AND (state = 'idle in transaction' OR state = 'active' AND query NOT LIKE 'SELECT%')
                        """)
                    .isEmpty());
  }

  private static void assertNothingIsHalf(Stipend stipend) {
    assertThat(stipend.database.rows("SELECT * FROM stipend.reservation_budgets")).isEmpty();
    assertThat(stipend.database.rows("SELECT * FROM stipend.budget_periods WHERE held <> 0"))
        .isEmpty();
    assertThat(
            stipend.database.rows(
                """
                SELECT r.id, r.state, r.settled_event_id, u.event_id, r.settled_cost, u.cost
                FROM stipend.reservations r
                FULL JOIN stipend.usage_logs u ON u.event_id = 'reservation:' || r.id
                WHERE (r.state = 'settled') IS DISTINCT FROM (u.event_id IS NOT NULL)
                  OR r.settled_event_id IS DISTINCT FROM u.event_id
                  OR r.settled_cost IS DISTINCT FROM u.cost
                  OR u.cost > r.amount
                """))
        .as("reservations and the events that they were settled with")
        .isEmpty();
    assertThat(count(stipend, "SELECT count(*) FROM stipend.usage_logs"))
        .isEqualTo(
            count(stipend, "SELECT count(*) FROM stipend.reservations WHERE state = 'settled'"))
        .isPositive();
  }

  private static void assertSpendIsTheLedgers(Stipend stipend) {
    assertThat(
            stipend.database.rows(
                """
                SELECT b.scope, c.subject, c.spend, sum(u.cost)
                FROM stipend.budget_periods c
                JOIN stipend.budgets b ON b.id = c.budget_id
                LEFT JOIN stipend.usage_logs u
                  ON b.scope = 'workspace' OR c.subject IN (u.user_id, u.agent_id)
                GROUP BY b.scope, c.subject, c.spend
                HAVING c.spend <> coalesce(sum(u.cost), 0)
                """))
        .isEmpty();
  }

  private static long count(Stipend stipend, String sql) {
    return Long.parseLong(stipend.database.value(sql));
  }
}
