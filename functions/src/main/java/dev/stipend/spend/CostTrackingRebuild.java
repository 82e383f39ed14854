package dev.stipend.spend;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.util.UUID;

/// Makes the rollup of a workspace again from its ledger.
@Singleton
public class CostTrackingRebuild {
  private static final String FROM_LEDGER =
      """
      SELECT workspace_id, date_bin('15 minutes', occurred_at, CAST('2000-01-01T00:00:00Z' AS timestamptz)) AS bucket_start,
        user_id, agent_id, workflow_id, team_id, provider, model,
        coalesce(sum(cost), 0) AS cost,
        count(*) FILTER (WHERE kind = 'usage') AS requests,
        sum(unpriced) AS unpriced,
        sum(input_tokens) AS input_tokens,
        sum(cached_input_tokens) AS cached_input_tokens,
        sum(output_tokens) AS output_tokens
      FROM stipend.usage_logs
      WHERE workspace_id = ?
      GROUP BY workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model
      """;

  private static final String TRACKED =
      """
      SELECT workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
        cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens
      FROM stipend.cost_tracking
      WHERE workspace_id = ?
      """;

  private final JdbcOperations jdbc;
  private final LedgerLock lock;

  CostTrackingRebuild(JdbcOperations jdbc, LedgerLock lock) {
    this.jdbc = jdbc;
    this.lock = lock;
  }

  /// How many rows differ from what the ledger says: none, unless something is broken.
  @Transactional
  public int differences(UUID workspace) {
    lock.standstill(workspace);
    return countDifferences(workspace);
  }

  /// Makes all rows again, and answers how many were different before.
  @Transactional
  public int rebuild(UUID workspace) {
    lock.standstill(workspace);
    int differences = countDifferences(workspace);
    update("DELETE FROM stipend.cost_tracking WHERE workspace_id = ?", workspace);
    update(
        """
        INSERT INTO stipend.cost_tracking (
          workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        """
            + FROM_LEDGER,
        workspace);
    return differences;
  }

  private int countDifferences(UUID workspace) {
    return jdbc.prepareStatement(
        "WITH expected AS (%s), tracked AS (%s)".formatted(FROM_LEDGER, TRACKED)
            + """
            SELECT (SELECT count(*) FROM (TABLE expected EXCEPT TABLE tracked) AS missing)
              + (SELECT count(*) FROM (TABLE tracked EXCEPT TABLE expected) AS surplus)
            """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, workspace);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  private void update(String sql, UUID workspace) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setObject(1, workspace);
          return statement.executeUpdate();
        });
  }
}
