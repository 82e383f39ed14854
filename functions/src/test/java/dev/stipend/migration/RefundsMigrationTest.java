package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What events have been refunded by when the schema learns to count it.
final class RefundsMigrationTest {
  private static final String BEFORE = "202611210036";

  private static final String EVENTS =
      """
      INSERT INTO stipend.workspaces (slug, name, currency, time_zone, locale)
      VALUES ('acme', 'Acme', 'USD', 'UTC', 'en'), ('other', 'Other', 'USD', 'UTC', 'en')
      ON CONFLICT DO NOTHING;

      INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
      SELECT id, event_id, now() - interval '1 day', '', now()
      FROM stipend.workspaces, unnest(ARRAY['e1', 'e2', 'e3']) AS event_id
      WHERE slug = 'acme';

      INSERT INTO stipend.usage_logs (
        workspace_id, event_id, occurred_at, recorded_at, kind, corrects, input_tokens, cached_input_tokens, output_tokens,
        cost, unpriced)
      SELECT w.id, event.id, now(), now(), event.kind, event.corrects, 0, 0, 0, event.cost, event.unpriced
      FROM stipend.workspaces w
      JOIN (VALUES
        ('acme', 'e1', 'usage', NULL, 10, 0), ('acme', 'r1', 'adjustment', 'e1', -2, 0), ('acme', 'r2', 'adjustment', 'e1', -3.5, 0),
        ('acme', 'up', 'adjustment', 'e2', 5, 0), ('acme', 'stipend:price:e3', 'adjustment', 'e3', -1, -1),
        ('acme', 'free', 'adjustment', NULL, -7, 0), ('other', 'r3', 'adjustment', 'e3', -9, 0))
        AS event (slug, id, kind, corrects, cost, unpriced) ON event.slug = w.slug
      """;

  @TempDir Path directory;

  @Test
  void whatWasTakenBackIsCounted() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    MigrationReport until = core.core("upgrade", "target=" + BEFORE);
    assertThat(until.isOk()).as(until.message()).isTrue();
    core.database.execute(EVENTS);

    assertThat(core.core("deploy").isOk()).isTrue();

    assertThat(
            core.database.rows(
                "SELECT event_id, trim_scale(refunded) FROM stipend.usage_event_ids ORDER BY 1"))
        .containsExactly("e1|5.5", "e2|0", "e3|0");
  }
}
