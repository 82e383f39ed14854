package dev.stipend.notification.table;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// `system_alerts` of the AI agent system: alerts of every type, with a user where there is one.
final class SystemAlerts implements AlertTable {
  private final JsonText json;

  SystemAlerts(JsonText json) {
    this.json = json;
  }

  @Override
  public String name() {
    return "system_alerts";
  }

  @Override
  public String key() {
    return "external_key";
  }

  @Override
  public List<Grant> grants() {
    return List.of(
        new Grant("SELECT", HostUsers.TABLE, List.of("id")),
        new Grant(
            "SELECT",
            name(),
            List.of("external_key", "acknowledged_at", "acknowledged_by", "resolved_at")),
        new Grant(
            "INSERT",
            name(),
            List.of(
                "external_key",
                "alert_type",
                "severity",
                "title",
                "message",
                "user_id",
                "metadata",
                "created_at")),
        new Grant(
            "UPDATE",
            name(),
            List.of("status", "acknowledged_at", "acknowledged_by", "resolved_at")));
  }

  @Override
  public Optional<String> addAndLock(Connection host, RaisedAlert alert) throws SQLException {
    Optional<String> wanted = alert.user();
    Optional<Long> user =
        wanted.isPresent() ? HostUsers.find(host, wanted.get(), Long::valueOf) : Optional.empty();
    add(host, alert, user);
    lock(host, alert.record().id());
    return Optional.empty();
  }

  private void add(Connection host, RaisedAlert alert, Optional<Long> user) throws SQLException {
    AlertMessage message = new AlertMessage(alert.snapshot());
    try (PreparedStatement added =
        host.prepareStatement(
            """
            INSERT INTO system_alerts (external_key, alert_type, severity, title, message, user_id, metadata, created_at)
            VALUES (?, ?, CAST(? AS alert_severity), ?, ?, CAST(? AS bigint), CAST(? AS jsonb), ?)
            ON CONFLICT (external_key) DO NOTHING
            """)) {
      Statements.bind(
          added,
          alert.record().id().toString(),
          alert.record().type().name(),
          alert.record().severity(),
          message.headline(),
          message.reason(),
          user.orElse(null),
          json.write(metadata(alert.snapshot())),
          alert.record().raisedAt());
      added.executeUpdate();
    }
  }

  private static Map<String, Object> metadata(AlertSnapshot snapshot) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("source", "stipend");
    metadata.put("workspace", snapshot.workspace());
    metadata.put("budgetId", snapshot.budget().id().toString());
    metadata.put("budget", snapshot.budget().name());
    metadata.put("scope", snapshot.budget().scope());
    metadata.put("subject", snapshot.budget().subject());
    metadata.put("threshold", snapshot.alert().threshold());
    metadata.put("spend", snapshot.spend().amount());
    metadata.put("limit", snapshot.spend().limit());
    metadata.put("currency", snapshot.spend().currency());
    Optional.ofNullable(snapshot.link()).ifPresent(link -> metadata.put("link", link));
    return metadata;
  }

  private static void lock(Connection host, UUID alert) throws SQLException {
    try (PreparedStatement locked =
        host.prepareStatement(
            "SELECT external_key FROM system_alerts WHERE external_key = ? FOR UPDATE")) {
      locked.setString(1, alert.toString());
      locked.execute();
    }
  }

  @Override
  public void update(Connection host, UUID alert, Standing standing) throws SQLException {
    try (PreparedStatement updated =
        host.prepareStatement(
            """
            UPDATE system_alerts t
            SET status = CAST(CASE
                  WHEN next.resolved_at IS NOT NULL THEN 'resolved'
                  WHEN next.acknowledged_at IS NOT NULL THEN 'acknowledged'
                  ELSE 'open' END AS alert_status),
                acknowledged_at = next.acknowledged_at,
                acknowledged_by = next.acknowledged_by,
                resolved_at = next.resolved_at
            FROM (
              SELECT external_key,
                CASE WHEN NOT now.is_taken_back THEN coalesce(now.acknowledged_at, old.acknowledged_at) END AS acknowledged_at,
                CASE WHEN NOT now.is_taken_back THEN coalesce(now.acknowledged_by, old.acknowledged_by) END AS acknowledged_by,
                coalesce(now.resolved_at, old.resolved_at) AS resolved_at
              FROM system_alerts old
              CROSS JOIN (
                SELECT CAST(? AS boolean) AS is_taken_back, CAST(? AS timestamptz) AS acknowledged_at,
                  CAST(? AS text) AS acknowledged_by, CAST(? AS timestamptz) AS resolved_at) now
              WHERE external_key = ?) next
            WHERE t.external_key = next.external_key
            """)) {
      Statements.bind(
          updated,
          standing.isTakenBack(),
          standing.acknowledgedAt().orElse(null),
          standing.acknowledgedBy().orElse(null),
          standing.resolvedAt().orElse(null),
          alert.toString());
      updated.executeUpdate();
    }
  }
}
