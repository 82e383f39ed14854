package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.RecordHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rows find their month, and ids are forgotten, whatever came late.
@ExtendWith(StipendExtension.class)
class PartitionsTest {
  private static final String HOMELESS = "SELECT count(*) FROM ONLY stipend.usage_logs_default";

  @Test
  void rowsThatCameBeforeTheirMonthMoveIntoIt(Stipend stipend) {
    record(stipend, "e1", "2003-04-30T23:59:59.999999Z");
    record(stipend, "e2", "2003-05-01T00:00:00Z");
    record(stipend, "e3", "2003-05-31T12:00:00Z");
    assertThat(stipend.database.value(HOMELESS)).isEqualTo("3");
    assertThat(stipend.maintain("maintain"))
        .containsEntry("partitionsCreated", 2)
        .containsEntry("differences", List.of());
    assertThat(stipend.database.value(HOMELESS)).isEqualTo("0");
    assertThat(
            stipend.database.rows(
                "SELECT CAST(tableoid AS regclass), event_id, cost FROM stipend.usage_logs ORDER BY"
                    + " event_id"))
        .containsExactly(
            "stipend.usage_logs_200304|e1|1.000000000000",
            "stipend.usage_logs_200305|e2|1.000000000000",
            "stipend.usage_logs_200305|e3|1.000000000000");
    assertThat(stipend.maintain("maintain")).containsEntry("partitionsCreated", 0);
  }

  @Test
  void aMonthThatIsMadeWhileOthersRecordIntoItLosesAndDoublesNothing(Stipend stipend) {
    List<Callable<Void>> racers = new ArrayList<>();
    for (int recorder = 0; recorder < 4; recorder++) {
      String prefix = "r" + recorder + "-";
      racers.add(
          () -> {
            for (int i = 0; i < 40; i++) {
              record(stipend, prefix + i, "2004-02-%02dT00:00:00Z".formatted(i % 29 + 1));
            }
            return null;
          });
    }
    racers.add(
        () -> {
          stipend.maintain("maintain");
          return null;
        });
    Race.run(racers);
    stipend.maintain("maintain");
    assertThat(stipend.database.value(HOMELESS)).isEqualTo("0");
    assertThat(stipend.database.value("SELECT count(*), sum(cost) FROM stipend.usage_logs_200402"))
        .isEqualTo("160|160.000000000000");
  }

  @Test
  void aBacklogOfIdsIsForgottenAndNoOther(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
        SELECT id, 'old-' || n, CAST('%1$s' AS timestamptz) - interval '35 days 1 hour 1 microsecond' - n %% 7 * interval '30 minutes',
          CAST('\\x00' AS bytea), CAST('%1$s' AS timestamptz)
        FROM stipend.workspaces, generate_series(1, 45000) AS n
        UNION ALL
        SELECT id, 'young', CAST('%1$s' AS timestamptz) - interval '35 days 1 hour', CAST('\\x00' AS bytea), CAST('%1$s' AS timestamptz)
        FROM stipend.workspaces
        """
            .formatted(SettableClock.START));
    assertThat(stipend.maintain("maintain")).containsEntry("eventIdsPruned", 45_000);
    assertThat(stipend.database.rows("SELECT event_id FROM stipend.usage_event_ids"))
        .containsExactly("young");
  }

  private static void record(Stipend stipend, String id, String at) {
    Workspace workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow();
    Instant now = stipend.clock.instant();
    stipend
        .context
        .getBean(RecordHistory.class)
        .record(
            workspace,
            List.of(
                UsageEventReader.ofAnyAge("USD", now, Instant.EPOCH)
                    .read(Map.of("eventId", id, "occurredAt", at, "cost", "1"))),
            UsageSender.COMMAND_LINE,
            now);
  }
}
