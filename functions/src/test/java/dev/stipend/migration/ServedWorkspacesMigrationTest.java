package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which workspaces the deployment's channels go on serving when they stop to serve all.
final class ServedWorkspacesMigrationTest {
  private static final String BEFORE = "202611210036";

  private static final String CHANNELS =
      """
      INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
      SELECT slug, slug, 'USD', 'UTC'
      FROM unnest(ARRAY['served', 'own', 'deleted', 'unused', 'borrowed']) AS new (slug);

      INSERT INTO stipend.notification_channels (
        workspace_id, kind, name, config, is_default, archived_at, archived_name)
      SELECT w.id, 'email', c.name, CAST(c.config AS jsonb), c.is_default, CAST(c.archived_at AS timestamptz),
        c.archived_name
      FROM (VALUES
        ('served', 'environment email', '{}', TRUE, NULL, NULL),
        ('own', 'Ops', '{"to": "a@example.com"}', TRUE, NULL, NULL),
        ('deleted', 'archived 1', '{}', TRUE, '2026-01-01', 'environment email'),
        ('borrowed', 'environment email', '{"to": "a@example.com"}', TRUE, NULL, NULL))
        AS c (slug, name, config, is_default, archived_at, archived_name)
      JOIN stipend.workspaces w USING (slug)
      """;

  @TempDir Path directory;

  @Test
  void thoseThatHaveADefaultChannelOfTheDeploymentAndTheFirstOne() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    MigrationReport until = core.core("upgrade", "target=" + BEFORE);
    assertThat(until.isOk()).as(until.message()).isTrue();
    core.database.execute(CHANNELS);

    MigrationReport deployed = core.core("deploy");

    assertThat(deployed.isOk()).as(deployed.message()).isTrue();
    assertThat(
            core.database.rows(
                "SELECT slug FROM stipend.workspaces WHERE deployment_channels ORDER BY slug"))
        .containsExactly("default", "served");
  }
}
