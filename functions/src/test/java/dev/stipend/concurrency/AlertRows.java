package dev.stipend.concurrency;

/// What the database has of alerts, by keys that the model of alerts has too.
final class AlertRows {
  private static final String KEYS =
      """
      WITH keyed AS (
        SELECT a.workspace_id, a.id, a.state, a.resolved_at,
          concat_ws('|', first.after ->> 'name', a.subject, CAST(extract(epoch FROM a.period_start) AS bigint), a.type,
            trim_scale(a.threshold), row_number() OVER (
              PARTITION BY a.budget_id, a.subject, a.period_start, a.type, a.threshold ORDER BY a.raised_at)) AS key
        FROM stipend.alert_logs a
        JOIN stipend.budget_versions first ON first.budget_id = a.budget_id AND first.version = 1)
      """;
  static final String ALERTS = KEYS + "SELECT key || '|' || state FROM keyed";
  static final String SENT =
      KEYS
          + """
          SELECT d.payload ->> 'id' || '#' || k.key || '|' || d.purpose
          FROM stipend.alert_deliveries d
          JOIN keyed k ON k.id = d.alert_id
          WHERE d.status = 'sent'
          """;
  static final String SILENT =
      KEYS
          + """
          SELECT k.key
          FROM stipend.alert_deliveries d
          JOIN keyed k ON k.id = d.alert_id
          WHERE d.status = 'suppressed' AND d.purpose = 'raised' AND k.resolved_at IS NULL
          """;
  static final String UNSETTLED =
      """
      SELECT (SELECT count(*) FROM stipend.alert_deliveries WHERE status IN ('pending', 'sending', 'retrying'))
        + (SELECT count(*) FROM stipend.budget_periods WHERE dirty)
      """;

  private AlertRows() {}

  static String idOf(String key) {
    return KEYS + "SELECT id FROM keyed WHERE key = '%s'".formatted(key);
  }
}
