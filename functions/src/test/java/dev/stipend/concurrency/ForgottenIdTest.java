package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.maintenance.LedgerMaintenance;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ids whose 35 days are over belong to whoever comes next, however near the maintenance is that
/// forgets them.
@ExtendWith(StipendExtension.class)
final class ForgottenIdTest {
  private static final Instant START = SettableClock.START;
  private static final String EVENT = Usage.costing("e1", START, "1");
  private static final String LEDGER =
      "SELECT event_id, occurred_at = '%s', cost FROM stipend.usage_logs".formatted(START);

  /// Whoever has claimed ids waits for this advisory lock.
  private static final int GATE = 181;

  @BeforeEach
  void rememberAnIdForTooLong(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
        SELECT id, 'e1', CAST('%1$s' AS timestamptz) - interval '36 days', CAST('\\x00' AS bytea), CAST('%1$s' AS timestamptz)
        FROM stipend.workspaces
        """
            .formatted(START));
    stipend.database.execute(
        """
        CREATE FUNCTION stipend.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock_shared(%d);
          RETURN NULL;
        END
        $$
        """
            .formatted(GATE));
    stipend.database.execute(
        """
        CREATE TRIGGER gate AFTER INSERT ON stipend.usage_event_ids
        FOR EACH STATEMENT EXECUTE FUNCTION stipend.wait_at_gate()
        """);
  }

  @AfterEach
  void openGate(Stipend stipend) {
    stipend.database.execute("DROP FUNCTION stipend.wait_at_gate() CASCADE");
  }

  @Test
  void eventIsRecordedWhoseIdIsForgottenWhileItIsClaimed(Stipend stipend)
      throws SQLException, ExecutionException, InterruptedException {
    LedgerMaintenance maintenance = stipend.context.getBean(LedgerMaintenance.class);
    try (Connection keeper = stipend.database.connect();
        Statement gate = keeper.createStatement();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      gate.execute("SELECT pg_advisory_lock(" + GATE + ")");
      Future<List<Integer>> recorded = threads.submit(() -> stipend.record(EVENT));
      await().until(() -> waiting(stipend) == 1);
      Future<Integer> pruned =
          threads.submit(() -> maintenance.pruneEventIds(START, TimeLeft.UNLIMITED));
      await().until(() -> pruned.isDone() || waiting(stipend) == 2);
      gate.execute("SELECT pg_advisory_unlock(" + GATE + ")");
      assertThat(recorded.get()).isEmpty();
      assertThat(pruned.get()).isBetween(0, 1);
    }

    assertRecordedOnce(stipend);
  }

  @Test
  void eventIsRecordedWhoseIdIsNotForgottenYet(Stipend stipend) {
    assertThat(stipend.record(EVENT)).isEmpty();
    assertRecordedOnce(stipend);
  }

  private static void assertRecordedOnce(Stipend stipend) {
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1|t|1.000000000000");
    assertThat(stipend.record(EVENT)).isEmpty();
    assertThat(stipend.record(Usage.costing("e1", START, "2"))).containsExactly(0);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1|t|1.000000000000");
  }

  private static int waiting(Stipend stipend) {
    return Integer.parseInt(
        stipend.database.value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                + " wait_event_type = 'Lock'"));
  }
}
