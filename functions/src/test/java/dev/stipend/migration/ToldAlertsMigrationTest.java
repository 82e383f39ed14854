package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of alerts that are there when the schema learns which of them people were told of.
final class ToldAlertsMigrationTest {
  private static final String BEFORE = "202611210034";

  /// Five alerts of a counter each, named by what they are.
  private static final String ALERTS =
      """
      INSERT INTO stipend.workspaces (slug, name, currency, time_zone, locale)
      VALUES ('acme', 'Acme', 'USD', 'UTC', 'en')
      ON CONFLICT DO NOTHING;

      INSERT INTO stipend.notification_channels (workspace_id, kind, name, config)
      SELECT id, 'slack_webhook', 'People', '{}' FROM stipend.workspaces WHERE slug = 'acme';

      INSERT INTO stipend.budgets (
        workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
      SELECT id, 'Each', 'user', '*', 100, 'daily', 'UTC', now(), now(), now()
      FROM stipend.workspaces WHERE slug = 'acme';

      CREATE TEMP TABLE kinds (name, state, delivered) AS
      VALUES ('open', 'open', NULL), ('inhibited', 'inhibited', 'suppressed'), ('superseded', 'superseded', NULL),
        ('was told', 'ended', 'sent'), ('was silenced', 'resolved', 'suppressed'), ('was superseded', 'ended', NULL);

      INSERT INTO stipend.budget_periods (
        workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, dirty, data_as_of)
      SELECT b.workspace_id, b.id, k.name, '2026-06-15', '2126-06-16', 100, 90, FALSE, '2026-06-15'
      FROM kinds k, stipend.budgets b WHERE b.name = 'Each';

      INSERT INTO stipend.alert_logs (
        workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity, state, reason, spend,
        limit_amount, payload, raised_at, resolved_at)
      SELECT c.workspace_id, gen_random_uuid(), c.budget_id, c.subject, c.period_start, c.period_end, 'LIMIT_WARNING', 80,
        'warning', k.state, 'before', 90, 100, '{}', '2026-06-15',
        CASE WHEN k.state IN ('ended', 'resolved') THEN CAST('2026-06-16' AS timestamptz) END
      FROM kinds k
      JOIN stipend.budget_periods c ON c.subject = k.name;

      INSERT INTO stipend.alert_deliveries (
        workspace_id, alert_id, channel_id, purpose, status, payload, created_at, next_attempt_at)
      SELECT a.workspace_id, a.id, n.id, 'raised', k.delivered, '{}', a.raised_at, a.raised_at
      FROM kinds k
      JOIN stipend.alert_logs a ON a.subject = k.name
      JOIN stipend.notification_channels n ON n.workspace_id = a.workspace_id
      WHERE k.delivered IS NOT NULL
      """;

  @TempDir Path directory;

  @Test
  void thoseThatPeopleWereToldOfAreKnownAndSupersededOnesAreLookedAtOnce() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    MigrationReport until = core.core("upgrade", "target=" + BEFORE);
    assertThat(until.isOk()).as(until.message()).isTrue();
    core.database.execute(ALERTS);

    assertThat(core.core("deploy").isOk()).isTrue();

    assertThat(
            core.database.rows(
                "SELECT subject, told_at = raised_at FROM stipend.alert_logs ORDER BY subject"))
        .containsExactly(
            "inhibited|null",
            "open|t",
            "superseded|null",
            "was silenced|null",
            "was superseded|null",
            "was told|t");
    assertThat(core.database.rows("SELECT subject FROM stipend.budget_periods WHERE dirty"))
        .containsExactly("superseded");
  }
}
