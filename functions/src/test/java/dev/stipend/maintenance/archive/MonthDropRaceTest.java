package dev.stipend.maintenance.archive;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.support.Race;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A month leaves while others write into it.
@ExtendWith(StipendExtension.class)
class MonthDropRaceTest extends ThreeMonths {
  private static final String INSERT =
      """
      INSERT INTO stipend.usage_logs (
        workspace_id, event_id, occurred_at, recorded_at, kind, input_tokens, cached_input_tokens, output_tokens, cost)
      SELECT id, '%s', '%s', '%s', 'usage', 0, 0, 0, 32 FROM stipend.workspaces WHERE slug = 'default'
      """;

  @BeforeEach
  void dropOlderMonths() {
    retention(new FileArchiveStore())
        .run(new Retention(5, Optional.empty(), ArchiveFormat.JSONL), JUNE, TimeLeft.UNLIMITED);
  }

  /// The writer holds the ledger, as everybody does first, when the month is about to be dropped.
  @Test
  void aWriterOfTheMonthIsNeverTheVictimOfADeadlock() throws Exception {
    try (Connection writer = stipend.database.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(INSERT.formatted("jun-2", JUNE, JUNE));
      CompletableFuture<Integer> leaving =
          CompletableFuture.supplyAsync(() -> run(ArchiveFormat.JSONL));
      await().until(this::somebodyWaitsForTheLedger);

      statement.execute(INSERT.formatted("jan-3", JANUARY, JUNE));
      writer.commit();

      assertThatThrownBy(leaving::join).hasMessageContaining("the month changed since");
    }
    assertThat(stipend.database.rows(LEDGER)).contains("jan-1", "jan-2", "jan-3", "jun-2");
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun", "jun-2");
    assertThat(stipend.database.rows(ARCHIVES).getFirst())
        .isEqualTo(date("2026-01-01") + "|1|3|35.500000000001|t");
  }

  @Test
  void whoRecordsNeverWaitsForALedgerThatIsInUse() throws Exception {
    try (Connection writer = stipend.database.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute(INSERT.formatted("jun-2", JUNE, JUNE));
      CompletableFuture<Integer> leaving =
          CompletableFuture.supplyAsync(() -> run(ArchiveFormat.JSONL));
      await().until(this::somebodyWaitsForTheLedger);

      assertThat(stipend.record(Usage.costing("meanwhile", JUNE, "1"))).isEmpty();
      assertThatThrownBy(leaving::join)
          .hasMessageContaining("2026-01 is kept: the ledger was in use throughout");
      assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
      writer.rollback();
    }
    assertThat(run(ArchiveFormat.JSONL)).isPositive();
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun", "meanwhile");
  }

  @Test
  void whateverIsRecordedWhileMonthsLeaveIsInTheLedgerOrInAnArchive() {
    List<Callable<Void>> racers = new ArrayList<>();
    for (int recorder = 0; recorder < 3; recorder++) {
      String prefix = "r" + recorder + "-";
      racers.add(
          () -> {
            for (int i = 0; i < 40; i++) {
              Instant at = i % 2 == 0 ? JUNE : JUNE.minusSeconds(i * 3600L);
              assertThat(stipend.record(Usage.costing(prefix + i, at, "0.5"))).isEmpty();
            }
            return null;
          });
    }
    racers.add(
        () -> {
          run(ArchiveFormat.JSONL);
          return null;
        });
    Race.run(racers);
    assertThat(stipend.database.rows(LEDGER)).hasSize(121);
    assertThat(
            new BigDecimal(
                stipend.database.value(
                    """
                    SELECT (SELECT sum(cost) FROM stipend.usage_logs)
                      + (SELECT sum(CAST(costs ->> 'default' AS numeric)) FROM stipend.usage_archives)
                    """)))
        .isEqualByComparingTo("75.500000000001");
    assertThat(stipend.maintain("rebuild")).containsEntry("differences", List.of());
  }

  private boolean somebodyWaitsForTheLedger() {
    return stipend
        .database
        .value(
            """
            SELECT count(*) > 0
            FROM pg_locks
            WHERE NOT granted
              AND relation = CAST('stipend.usage_logs' AS regclass)
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)
        .equals("t");
  }
}
