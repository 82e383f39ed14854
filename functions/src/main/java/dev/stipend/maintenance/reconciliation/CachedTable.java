package dev.stipend.maintenance.reconciliation;

import dev.stipend.ingest.ledger.Differences;
import dev.stipend.ingest.unpriced.LateAdjustments;

/// A table that holds nothing but what follows from the ledger, row by row in time.
enum CachedTable {
  COST_TRACKING(
      "cost_tracking",
      "bucket_start",
      "bucket_start, user_id, agent_id, workflow_id, team_id, provider, model",
      "cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens",
      """
      SELECT workspace_id,
        date_bin('15 minutes', occurred_at, CAST('2000-01-01T00:00:00Z' AS timestamptz)) AS bucket_start,
        user_id, agent_id, workflow_id, team_id, provider, model,
        coalesce(sum(cost), 0) AS cost,
        count(*) FILTER (WHERE kind = 'usage') AS requests,
        sum(unpriced) AS unpriced,
        sum(input_tokens) AS input_tokens,
        sum(cached_input_tokens) AS cached_input_tokens,
        sum(output_tokens) AS output_tokens
      FROM stipend.usage_logs
      WHERE workspace_id = ?
        AND occurred_at >= ?
        AND occurred_at < ?
      GROUP BY workspace_id, 2, user_id, agent_id, workflow_id, team_id, provider, model
      """),
  UNPRICED_EVENTS(
      "unpriced_events",
      "occurred_at",
      "occurred_at, event_id, provider, model",
      "input_tokens, output_tokens",
      """
      SELECT u.workspace_id, u.occurred_at, u.event_id, u.provider, u.model, u.input_tokens, u.output_tokens
      FROM stipend.usage_logs u
      WHERE u.workspace_id = ?
        AND u.occurred_at >= ?
        AND u.occurred_at < ?
        AND u.unpriced = 1
        AND NOT EXISTS (
          SELECT 1
          FROM stipend.usage_logs priced
          WHERE priced.workspace_id = u.workspace_id
            AND priced.occurred_at = u.occurred_at
            AND priced.event_id = '%s' || u.event_id)
      """
          .formatted(LateAdjustments.PRICE_IDS));

  private final String table;
  private final String time;
  private final String key;
  private final String values;
  private final String fromLedger;

  CachedTable(String table, String time, String key, String values, String fromLedger) {
    this.table = table;
    this.time = time;
    this.key = key;
    this.values = values;
    this.fromLedger = fromLedger;
  }

  String table() {
    return table;
  }

  /// Answers the keys of the rows of a slice that differ. Takes the slice twice.
  ///
  /// It is one statement, and so sees one state of the database: recorders commit the ledger
  /// together with what follows from it, so nobody has to stand still.
  String differences() {
    return different()
        + """
        keys AS (SELECT DISTINCT %1$s FROM different)
        SELECT count(*) OVER () AS total, CAST(to_jsonb(keys) AS text) AS key
        FROM keys
        ORDER BY %1$s
        LIMIT %2$d
        """
            .formatted(key, Differences.TOLD);
  }

  /// Answers the starts of the quarters of an hour of a slice in which anything differs, as
  /// `quarter`. Takes the slice twice.
  String differingQuarters() {
    return different()
        + """
        quarters AS (
          SELECT DISTINCT date_bin('15 minutes', %s, CAST('2000-01-01T00:00:00Z' AS timestamptz)) AS quarter
          FROM different)
        SELECT quarter
        FROM quarters
        ORDER BY quarter
        """
            .formatted(time);
  }

  private String different() {
    return """
    WITH expected AS (%1$s),
    stored AS (
      SELECT workspace_id, %2$s, %3$s
      FROM stipend.%4$s
      WHERE %5$s),
    different AS (
      (TABLE expected EXCEPT TABLE stored) UNION ALL (TABLE stored EXCEPT TABLE expected)),
    """
        .formatted(fromLedger, key, values, table, slice());
  }

  /// Empties a slice.
  String delete() {
    return "DELETE FROM stipend.%s WHERE %s".formatted(table, slice());
  }

  /// Fills a slice, which is empty.
  String insert() {
    return "INSERT INTO stipend.%s (workspace_id, %s, %s)\n%s"
        .formatted(table, key, values, fromLedger);
  }

  /// Answers `day` and `hash` of every row from an instant on. Takes the workspace and the instant.
  String hashes() {
    return """
    SELECT CAST(%1$s AT TIME ZONE 'UTC' AS date) AS day, hash_record_extended(c, 0) AS hash
    FROM stipend.%2$s c
    WHERE workspace_id = ?
      AND %1$s >= ?
    """
        .formatted(time, table);
  }

  private String slice() {
    return "workspace_id = ? AND %1$s >= ? AND %1$s < ?".formatted(time);
  }
}
