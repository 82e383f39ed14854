package dev.stipend.maintenance.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.maintenance.archive.ArchiveStore;
import dev.stipend.maintenance.archive.ArchiveStores;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import dev.stipend.support.database.FixedAddress;
import dev.stipend.time.TimeLeft;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// An AI agent system in a database of its own, with a user whose id is 1.
final class Watched {
  static final String PACK = "ai-agent-system";
  static final String SCHEMA = "agents";
  static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  final Database database;
  final Path directory;
  private final String url;
  private ArchiveStore store = ArchiveStores.directory();
  private TimeLeft left = TimeLeft.UNLIMITED;
  private String place;

  Watched(Path directory) {
    this.url = TestServers.newDatabase();
    this.database = new Database(url);
    this.directory = directory;
    this.place = directory.toUri().toString();
    MigrationReport deployed = new TestMigrations(url, directory).pack(PACK, SCHEMA, "deploy");
    assertThat(deployed.exitCode()).as(deployed.message()).isZero();
    database.execute(
        "INSERT INTO agents.users (id, username, email, hashed_password) OVERRIDING SYSTEM VALUE"
            + " VALUES (1, 'ada', 'ada@example.com', '!')");
  }

  String url() {
    return url;
  }

  Watched storing(ArchiveStore other) {
    store = other;
    return this;
  }

  Watched archivingTo(String other) {
    place = other;
    return this;
  }

  Watched within(TimeLeft time) {
    left = time;
    return this;
  }

  /// Rows of the four tables that are archived, a day younger and a day older than they may be.
  void growOld() {
    for (int days : List.of(89, 91)) {
      database.execute(
          """
          INSERT INTO agents.audit_logs (actor, action, resource_type, created_at)
          VALUES ('a%1$d', 'login', 'user', TIMESTAMPTZ '%2$s' - interval '%1$d days')
          """
              .formatted(days, NOW));
      usage(days, "0.1000000000" + days);
    }
    for (int days : List.of(364, 366)) {
      database.execute(
          """
          INSERT INTO agents.system_metrics (metric_name, metric_value, recorded_at)
          VALUES ('m%1$d', %1$d.5, TIMESTAMPTZ '%2$s' - interval '%1$d days')
          """
              .formatted(days, NOW));
      database.execute(
          """
          INSERT INTO agents.performance_metrics (metric_name, period_type, period_start, period_end, created_at)
          SELECT 'm%1$d', 'daily', at - interval '1 day', at, at
          FROM (SELECT TIMESTAMPTZ '%2$s' - interval '%1$d days' AS at) given
          """
              .formatted(days, NOW));
    }
  }

  void usage(int days, String cost) {
    database.execute(
        """
        INSERT INTO agents.usage_logs (user_id, provider, model, input_tokens, output_tokens, cost, created_at)
        VALUES (1, 'openai', 'gpt-4o', 10, 5, %s, TIMESTAMPTZ '%s' - interval '%d days')
        """
            .formatted(cost, NOW, days));
  }

  PackReport run(PackVerb verb, boolean dryRun) {
    return run(verb, dryRun, Optional.empty());
  }

  PackReport run(PackVerb verb, boolean dryRun, Optional<Path> file) {
    return run(new PackRequest(verb, PACK, Optional.of(SCHEMA), dryRun, Optional.empty(), file));
  }

  PackReport run(PackRequest request) {
    return new PackMaintenance(new FixedAddress(url), List.of(store), Duration.ZERO, "", place)
        .run(request, NOW, left);
  }

  PackReport maintain() {
    return run(PackVerb.MAINTAIN, false);
  }

  static PackReport.Task task(PackReport report, String name) {
    return report.tasks().stream()
        .filter(task -> task.task().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.message()));
  }

  /// What is told of a thing, by the value of one of its fields.
  static Map<String, Object> item(PackReport.Task task, String field, String value) {
    return task.items().stream()
        .map(PackReport.Item::fields)
        .filter(fields -> value.equals(fields.get(field)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(task.items().toString()));
  }

  /// All lines of the files that belong to the archive.
  List<String> archived() {
    List<String> lines = new ArrayList<>();
    for (String location :
        database.rows(
            "SELECT location FROM stipend_migrations.maintenance_archives WHERE removed_at IS NOT"
                + " NULL ORDER BY 1")) {
      lines.addAll(lines(Path.of(URI.create(location + ".jsonl.gz"))));
    }
    return lines;
  }

  static List<String> lines(Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
