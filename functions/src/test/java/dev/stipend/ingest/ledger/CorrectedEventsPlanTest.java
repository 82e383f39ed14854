package dev.stipend.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How PostgreSQL finds what refunds correct, among 60,000 events of ten workspaces in five weeks.
@ExtendWith(StipendExtension.class)
final class CorrectedEventsPlanTest {
  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void eventsAreLookedUpByTheirKeys(String mode, Stipend stipend) throws SQLException {
    fill(stipend);
    try (Connection connection = stipend.database.connect();
        PreparedStatement setting = connection.prepareStatement("SET plan_cache_mode = " + mode);
        PreparedStatement explain =
            connection.prepareStatement("EXPLAIN " + CorrectedEvents.LOCK)) {
      setting.execute();
      explain.setObject(
          1, UUID.fromString(stipend.database.value("SELECT CAST(md5('workspace 3') AS uuid)")));
      explain.setArray(
          2, connection.createArrayOf("text", new String[] {"e3", "e4003", "e59993", "none"}));
      StringJoiner plan = new StringJoiner("\n");
      try (ResultSet line = explain.executeQuery()) {
        while (line.next()) {
          plan.add(line.getString(1));
        }
      }
      assertThat(plan.toString())
          .contains("usage_event_ids_pkey", "usage_logs_202605_pkey", "usage_logs_202606_pkey")
          .doesNotContain("Seq Scan on usage_event_ids")
          .doesNotContainPattern("Seq Scan on usage_logs_20260[56]");
    }
  }

  private static void fill(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_event_ids (workspace_id, event_id, occurred_at, digest, recorded_at)
        SELECT CAST(md5('workspace ' || n % 10) AS uuid), 'e' || n,
          CAST('2026-05-11T12:00:00Z' AS timestamptz) + n * interval '50 seconds', sha256('x'), now()
        FROM generate_series(0, 59999) AS n
        """);
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_logs (
          workspace_id, event_id, occurred_at, recorded_at, kind, input_tokens, cached_input_tokens, output_tokens, cost)
        SELECT workspace_id, event_id, occurred_at, recorded_at, 'usage', 0, 0, 0, 0.01
        FROM stipend.usage_event_ids
        """);
    stipend.database.execute("ANALYZE stipend.usage_event_ids, stipend.usage_logs");
  }
}
