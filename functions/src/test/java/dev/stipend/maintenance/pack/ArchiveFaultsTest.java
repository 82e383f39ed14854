package dev.stipend.maintenance.pack;

import static dev.stipend.maintenance.pack.Watched.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever goes wrong while rows leave, none is lost, and none is in the archive twice.
class ArchiveFaultsTest {
  private static final Pattern ACTOR = Pattern.compile(".*\"actor\":\"([^\"]+)\".*");
  private static final String ACTORS = "SELECT actor FROM agents.audit_logs ORDER BY 1";

  @TempDir Path directory;
  private Watched watched;

  @BeforeEach
  void oldRows() {
    watched = new Watched(directory);
    old("a", "b", "c");
  }

  private void old(String... actors) {
    for (String actor : actors) {
      watched.database.execute(
          """
          INSERT INTO agents.audit_logs (actor, action, resource_type, created_at)
          VALUES ('%s', 'login', 'user', '2026-01-01')
          """
              .formatted(actor));
    }
  }

  private List<String> archived() {
    return watched.archived().stream()
        .map(line -> ACTOR.matcher(line).replaceFirst("$1"))
        .sorted()
        .toList();
  }

  /// A store that fails when it is used for the last time before it would go on.
  private static final class CutOffStore extends HookedStore {
    private int uses;

    CutOffStore(int uses) {
      this.uses = uses;
    }

    @Override
    void beforeWriting(URI at) {
      use();
    }

    @Override
    void beforeReading(URI at) {
      use();
    }

    private void use() {
      if (uses-- == 0) {
        throw new Killed();
      }
    }
  }

  /// As if the process had been killed there: nobody catches it.
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aRunThatIsKilledWhereverItMayGoesOnTheNextTime() {
    int cut = 0;
    boolean over = false;
    while (!over) {
      try {
        PackReport report = watched.storing(new CutOffStore(cut)).maintain();
        assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
        over = true;
      } catch (Killed killed) {
        cut++;
        assertThat(watched.database.rows(ACTORS)).containsExactly("a", "b", "c");
        assertThat(archived()).isEmpty();
      }
    }
    assertThat(cut).isEqualTo(3);
    assertThat(watched.database.rows(ACTORS)).isEmpty();
    assertThat(archived()).containsExactly("a", "b", "c");
    assertThat(files()).containsExactly("audit_logs-20260615T120000Z-0001.jsonl.gz");
  }

  private List<String> files() {
    try (java.util.stream.Stream<Path> all = Files.walk(directory)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".gz"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void aRowThatComesAfterAKilledRunLeavesWithTheSamePiece() {
    try {
      watched.storing(new CutOffStore(2)).maintain();
    } catch (Killed killed) {
      old("late");
    }
    watched.storing(new HookedStore()).maintain();
    assertThat(archived()).containsExactly("a", "b", "c", "late");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aSessionThatIsEndedInTheMiddleOfADeletionLeavesAllRows() {
    watched.database.execute(
        """
        CREATE FUNCTION agents.end_it() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN OLD;
        END $$
        """);
    watched.database.execute(
        "CREATE TRIGGER end_it BEFORE DELETE ON agents.audit_logs FOR EACH ROW EXECUTE FUNCTION"
            + " agents.end_it()");
    PackReport report = watched.maintain();
    assertThat(report.outcome()).isEqualTo(PackOutcome.FAILED);
    assertThat(watched.database.rows(ACTORS)).hasSize(3);
    watched.database.execute("DROP TRIGGER end_it ON agents.audit_logs");
    assertThat(watched.maintain().outcome()).isEqualTo(PackOutcome.DONE);
    assertThat(archived()).containsExactly("a", "b", "c");
  }

  @Test
  void nothingIsDeletedWhenTheFileIsNotWhatWasWritten() {
    HookedStore damaging =
        new HookedStore() {
          @Override
          void beforeReading(URI at) throws IOException {
            Path file = Path.of(at);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
          }
        };
    PackReport report = watched.storing(damaging).maintain();
    assertThat(task(report, "archive").problems()).singleElement().asString().contains("rows stay");
    assertThat(watched.database.rows(ACTORS)).hasSize(3);
    assertThat(archived()).isEmpty();
    assertThat(task(report, "statistics").done()).isEqualTo(15);
    watched.storing(new HookedStore()).maintain();
    assertThat(archived()).containsExactly("a", "b", "c");
  }

  @Test
  void aRowThatChangesOrArrivesMeanwhileIsArchivedAsItIsInTheEnd() {
    HookedStore editing =
        new HookedStore() {
          private boolean done;

          @Override
          void beforeReading(URI at) {
            if (!done) {
              done = true;
              watched.database.execute(
                  "UPDATE agents.audit_logs SET actor = 'B' WHERE actor = 'b'");
              watched.database.execute("DELETE FROM agents.audit_logs WHERE actor = 'c'");
              old("d");
            }
          }
        };
    PackReport report = watched.storing(editing).maintain();
    assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(archived()).containsExactly("B", "a", "d");
    assertThat(watched.database.rows(ACTORS)).isEmpty();
    assertThat(files()).hasSize(1);
  }

  @Test
  void rowsThatAreChangedAllTheTimeStay() {
    HookedStore editing =
        new HookedStore() {
          @Override
          void beforeReading(URI at) {
            watched.database.execute("UPDATE agents.audit_logs SET actor = actor || '+'");
          }
        };
    PackReport report = watched.storing(editing).maintain();
    assertThat(task(report, "archive").problems())
        .containsExactly(
            "Rows of table audit_logs are changed while they are archived; they stay, and the next"
                + " run tries again.");
    assertThat(watched.database.rows(ACTORS)).hasSize(3);
    assertThat(archived()).isEmpty();
  }

  /// Keys that cascade above all: nothing goes that nobody has said should go.
  @Test
  void rowsThatOthersReferToStayAndAreReported() {
    watched.database.execute(
        """
        CREATE TABLE agents.findings (
          log_id bigint REFERENCES agents.audit_logs (id) ON DELETE CASCADE)
        """);
    watched.database.execute(
        "INSERT INTO agents.findings SELECT id FROM agents.audit_logs WHERE actor = 'b'");
    HookedStore referring =
        new HookedStore() {
          private boolean done;

          @Override
          void beforeReading(URI at) {
            if (!done) {
              done = true;
              watched.database.execute(
                  "INSERT INTO agents.findings SELECT id FROM agents.audit_logs WHERE actor = 'c'");
            }
          }
        };
    PackReport report = watched.storing(referring).maintain();
    assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(watched.database.rows(ACTORS)).containsExactly("b", "c");
    assertThat(watched.database.value("SELECT count(*) FROM agents.findings")).isEqualTo("2");
    assertThat(archived()).containsExactly("a");
    assertThat(task(report, "archive").notes())
        .containsExactly(
            "2 rows of table audit_logs: older, but kept, since other tables refer to them.");
  }

  @Test
  void manyRowsLeaveInPieces() {
    watched.database.execute(
        """
        INSERT INTO agents.usage_logs (user_id, cost, created_at)
        SELECT 1, 0.000000000001 * n, TIMESTAMPTZ '2025-01-01' + n * interval '1 second'
        FROM generate_series(1, 25000) n
        """);
    PackReport report = watched.maintain();
    assertThat(task(report, "archive").done()).isEqualTo(25_003);
    assertThat(
            watched.database.rows(
                "SELECT piece, rows FROM stipend_migrations.maintenance_archives WHERE table_name ="
                    + " 'usage_logs' ORDER BY 1"))
        .containsExactly(
            "usage_logs-20260615T120000Z-0001|10000",
            "usage_logs-20260615T120000Z-0002|10000",
            "usage_logs-20260615T120000Z-0003|5000");
    assertThat(
            watched.database.value(
                "SELECT sum(CAST(sums ->> 'cost' AS numeric)) FROM"
                    + " stipend_migrations.maintenance_archives WHERE table_name = 'usage_logs'"))
        .isEqualTo("0.0003125125");
    assertThat(
            watched.archived().stream()
                .filter(line -> line.contains("\"cost\":"))
                .collect(Collectors.toSet()))
        .hasSize(25_000);
  }
}
