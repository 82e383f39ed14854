package dev.stipend.maintenance.pack;

import static dev.stipend.maintenance.pack.Watched.item;
import static dev.stipend.maintenance.pack.Watched.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of an AI agent system's document, done in its schema.
class PackMaintenanceTest {
  private static final String KEPT =
      """
      SELECT 'audit', actor FROM agents.audit_logs
      UNION ALL SELECT 'usage', CAST(cost AS text) FROM agents.usage_logs
      UNION ALL SELECT 'metric', metric_name FROM agents.system_metrics
      UNION ALL SELECT 'performance', metric_name FROM agents.performance_metrics
      ORDER BY 1, 2
      """;

  @TempDir Path directory;
  private Watched watched;

  @BeforeEach
  void aSystem() {
    watched = new Watched(directory);
  }

  @Test
  void whatIsOverItsTimeLeavesForTheArchiveAndNothingElse() throws IOException {
    watched.growOld();
    PackReport report = watched.maintain();
    assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(watched.database.rows(KEPT))
        .containsExactly("audit|a89", "metric|m364", "performance|m364", "usage|0.100000000089");
    PackReport.Task archive = task(report, "archive");
    assertThat(archive.summary()).isEqualTo("4 rows archived and removed");
    Map<String, Object> usage = item(archive, "table", "usage_logs");
    assertThat(usage)
        .containsEntry("rows", 1L)
        .containsEntry("sums", Map.of("cost", "0.100000000091"));
    assertThat(item(archive, "table", "system_metrics"))
        .containsEntry("sums", Map.of("metric_value", "366.5"));
    URI file =
        URI.create(
            String.valueOf(((List<?>) Objects.requireNonNull(usage.get("files"))).getFirst()));
    assertThat(file.getPath())
        .endsWith(
            "/packs/ai-agent-system/agents/usage_logs/usage_logs-20260615T120000Z-0001.jsonl.gz");
    assertThat(Watched.lines(Path.of(file)))
        .singleElement()
        .asString()
        .contains("\"model\":\"gpt-4o\"", "\"created_at\":\"2026-03-16T12:00:00+00:00\"");
    assertThat(
            Files.readString(
                Path.of(URI.create(file.toString().replace("jsonl.gz", "manifest.json")))))
        .contains("\"rows\":1", "\"sums\":{\"cost\": \"0.100000000091\"}", "\"sha256\":\"");
    assertThat(
            watched.database.rows(
                "SELECT table_name, rows, sums ->> 'cost' FROM"
                    + " stipend_migrations.maintenance_archives WHERE table_name = 'usage_logs' AND"
                    + " removed_at IS NOT NULL"))
        .containsExactly("usage_logs|1|0.100000000091");
  }

  @Test
  void anArchivedRowComesBackAsItWas() {
    watched.database.execute(
        """
        INSERT INTO agents.audit_logs (actor, action, resource_type, old_values, ip_address, created_at)
        VALUES (E'q"uo\\\\te\\n', 'edit', 'user', '{"a": "line\\nbreak", "n": 0.10}', '10.0.0.1', '2020-01-01')
        """);
    List<String> before = watched.database.rows("SELECT * FROM agents.audit_logs");
    watched.maintain();
    assertThat(watched.database.rows("SELECT * FROM agents.audit_logs")).isEmpty();
    watched.database.execute(
        "INSERT INTO agents.audit_logs OVERRIDING SYSTEM VALUE SELECT"
            + " (json_populate_record(NULL::agents.audit_logs, '%s')).*"
                .formatted(watched.archived().getFirst().replace("'", "''")));
    assertThat(watched.database.rows("SELECT * FROM agents.audit_logs")).isEqualTo(before);
  }

  @Test
  void aDryRunSaysWhatTheRunDoesAndChangesNothing() {
    watched.growOld();
    watched.database.execute("UPDATE agents.users SET full_name = 'Ada'");
    List<String> before = watched.database.rows(KEPT);
    PackReport dry = watched.run(PackVerb.MAINTAIN, true);
    assertThat(dry.message()).startsWith("Dry run: 4 rows would leave for the archive; ");
    assertThat(watched.database.rows(KEPT)).isEqualTo(before);
    assertThat(
            watched.database.value(
                "SELECT to_regclass('stipend_migrations.maintenance_archives') IS NULL"))
        .isEqualTo("t");
    PackReport real = watched.maintain();
    assertThat(real.tasks().stream().map(PackReport.Task::done))
        .containsExactlyElementsOf(dry.tasks().stream().map(PackReport.Task::done).toList());
    assertThat(real.tasks().stream().map(PackReport.Task::done)).first().isEqualTo(4L);
  }

  @Test
  void aSecondRunRightAfterTheFirstFindsNothingToDo() {
    watched.growOld();
    watched.maintain();
    PackReport second = watched.maintain();
    assertThat(second.outcome()).as(second.toMap().toString()).isEqualTo(PackOutcome.NOTHING);
    assertThat(second.message()).isEqualTo("Nothing to do.");
    assertThat(second.exitCode()).isZero();
    assertThat(watched.archived()).hasSize(4);
  }

  @Test
  void neverTwoAtOnceAndTheSecondSaysWhoIsAtIt() {
    watched.growOld();
    List<PackReport> second = new ArrayList<>();
    HookedStore store =
        new HookedStore() {
          @Override
          void beforeWriting(URI at) {
            if (second.isEmpty()) {
              second.add(watched.run(PackVerb.CLEANUP_OLD_DATA, false));
            }
          }
        };
    PackReport first = watched.storing(store).maintain();
    assertThat(first.outcome()).isEqualTo(PackOutcome.DONE);
    assertThat(second.getFirst().outcome()).isEqualTo(PackOutcome.BUSY);
    assertThat(second.getFirst().exitCode()).isEqualTo(36);
    assertThat(second.getFirst().tasks()).isEmpty();
    assertThat(second.getFirst().message())
        .matches(
            "Nothing was done: process \\d+ \\(stipend-migrate maintain ai-agent-system, since"
                + " [0-9T:Z-]+\\) works on pack ai-agent-system in schema agents\\.");
  }

  @Test
  void aMigrationAndAMaintenanceDoNotRunAtOnceEither() {
    watched.growOld();
    List<String> messages = new ArrayList<>();
    HookedStore store =
        new HookedStore() {
          @Override
          void beforeWriting(URI at) {
            if (messages.isEmpty()) {
              messages.add(
                  new TestMigrations(watched.url(), directory)
                      .pack(Watched.PACK, Watched.SCHEMA, "deploy", "lock-wait=0")
                      .message());
            }
          }
        };
    watched.storing(store).maintain();
    assertThat(messages).singleElement().asString().contains("(stipend-migrate maintain");
  }

  @Test
  void nothingIsDoneWhereThePackWasNeverDeployed() {
    String url = TestServers.newDatabase();
    new Database(url).execute("CREATE TABLE audit_logs (id int PRIMARY KEY, created_at date)");
    new Database(url).execute("INSERT INTO audit_logs VALUES (1, '2001-01-01')");
    Watched stranger = watched;
    for (String schema : List.of("public", "nowhere", "stipend")) {
      PackReport report =
          stranger.run(
              new PackRequest(
                  PackVerb.MAINTAIN,
                  Watched.PACK,
                  Optional.of(schema),
                  false,
                  Optional.empty(),
                  Optional.empty()));
      assertThat(report.outcome()).isEqualTo(PackOutcome.REFUSED);
      assertThat(report.exitCode()).isEqualTo(3);
      assertThat(report.tasks()).isEmpty();
      assertThat(report.message())
          .containsAnyOf("was never deployed to schema " + schema, "is Stipend's own");
    }
    assertThat(new Database(url).value("SELECT count(*) FROM audit_logs")).isEqualTo("1");
  }

  @Test
  void aPackWhoseDocumentAsksForNothingHasNoMaintenance() {
    PackReport report =
        watched.run(
            new PackRequest(
                PackVerb.MAINTAIN,
                "goals-tracker",
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty()));
    assertThat(report.message())
        .isEqualTo("Pack goals-tracker has no maintenance: its document asks for none.");
    assertThat(report.exitCode()).isEqualTo(3);
  }

  @Test
  void statisticsAreFreshAndColumnsOfJsonAreMeasured() {
    watched.database.execute(
        """
        INSERT INTO agents.conversations (user_id, metadata)
        SELECT 1, jsonb_build_object('text', (
          SELECT string_agg(md5(random()::text || n || i), '') FROM generate_series(1, 3200) n))
        FROM generate_series(1, 20) i
        """);
    watched.database.execute("CREATE TABLE agents.strangers (data jsonb DEFAULT '{}')");
    watched.database.execute("INSERT INTO agents.strangers DEFAULT VALUES");
    PackReport report = watched.maintain();
    assertThat(task(report, "statistics").summary()).isEqualTo("15 tables analyzed");
    assertThat(
            watched.database.rows(
                "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'agents' AND"
                    + " last_analyze IS NULL"))
        .containsExactly("strangers");
    PackReport.Task json = task(report, "json-columns");
    assertThat(json.items()).noneMatch(item -> item.text().contains("strangers"));
    assertThat(json.items().getFirst().fields())
        .containsEntry("table", "conversations")
        .containsEntry("column", "metadata")
        .hasEntrySatisfying(
            "estimatedBytes", bytes -> assertThat((Long) bytes).isBetween(1_900_000L, 2_300_000L));
  }

  @Test
  void whatTimeDoesNotAllowIsSaidAndDoneByTheNextRun() {
    watched.growOld();
    PackReport report = watched.within(() -> Duration.ofMillis(-1)).maintain();
    assertThat(report.outcome()).isEqualTo(PackOutcome.UNFINISHED);
    assertThat(report.exitCode()).isEqualTo(15);
    assertThat(task(report, "archive").notes())
        .contains("Time ran out before table audit_logs was archived; run it once more.");
    PackReport next = watched.within(() -> Duration.ofHours(1)).maintain();
    assertThat(next.outcome()).isEqualTo(PackOutcome.DONE);
    assertThat(watched.archived()).hasSize(4);
  }

  @Test
  void aTaskThatFailsStopsNoOther() {
    watched.growOld();
    watched.database.execute("ALTER TABLE agents.usage_logs RENAME created_at TO made_at");
    watched.database.execute("DROP TABLE agents.system_metrics");
    PackReport report = watched.maintain();
    assertThat(report.outcome()).isEqualTo(PackOutcome.FAILED);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(task(report, "archive").problems())
        .containsExactly(
            "Table system_metrics of schema agents is gone.",
            "Table usage_logs could not be archived: Table \"agents\".\"usage_logs\" has no column"
                + " created_at, which says what leaves.");
    assertThat(task(report, "archive").done()).isEqualTo(2);
    assertThat(task(report, "statistics").done()).isEqualTo(14);
  }

  @Test
  void withoutAnArchiveNothingIsDeleted() {
    watched.growOld();
    for (boolean dryRun : List.of(true, false)) {
      PackReport report = watched.archivingTo("").run(PackVerb.MAINTAIN, dryRun);
      assertThat(task(report, "archive").problems())
          .hasSize(4)
          .allMatch(problem -> problem.contains("nothing is deleted without an archive"));
      assertThat(task(report, "archive").done()).isZero();
    }
    assertThat(watched.database.rows(KEPT)).hasSize(8);
    assertThat(watched.archivingTo("ftp://x").maintain().message())
        .isEqualTo("USAGE_ARCHIVE must be file:///path or s3://bucket/prefix, not ftp://x.");
  }

  @Test
  void anotherPackIsMaintainedAsItsDocumentSays() {
    new TestMigrations(watched.url(), directory)
        .pack("agents-platform", "platform", "deploy", "target=+1");
    PackReport report =
        watched.run(
            new PackRequest(
                PackVerb.MAINTAIN,
                "agents-platform",
                Optional.of("platform"),
                false,
                Optional.empty(),
                Optional.empty()));
    assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(report.tasks().stream().map(PackReport.Task::task))
        .containsExactly("statistics", "json-columns");
  }
}
