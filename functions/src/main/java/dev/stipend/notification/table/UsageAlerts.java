package dev.stipend.notification.table;

import dev.stipend.alert.AlertType;
import dev.stipend.platform.sql.Statements;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// `usage_alerts` of the agents platform: alerts of users, of four types. Its times are in UTC
/// without a zone. It has no column for who has seen an alert.
final class UsageAlerts implements AlertTable {
  private static final Set<AlertType> TYPES =
      Set.of(
          AlertType.APPROACHING_LIMIT,
          AlertType.LIMIT_WARNING,
          AlertType.LIMIT_EXCEEDED,
          AlertType.UNUSUAL_ACTIVITY);

  @Override
  public String name() {
    return "usage_alerts";
  }

  @Override
  public String key() {
    return "id";
  }

  @Override
  public List<Grant> grants() {
    return List.of(
        new Grant("SELECT", HostUsers.TABLE, List.of("id")),
        new Grant("SELECT", name(), List.of("id", "resolvedAt")),
        new Grant(
            "INSERT",
            name(),
            List.of("id", "userId", "type", "threshold", "triggered", "createdAt")),
        new Grant("UPDATE", name(), List.of("resolvedAt")));
  }

  @Override
  public Optional<String> addAndLock(Connection host, RaisedAlert alert) throws SQLException {
    AlertType type = alert.record().type();
    if (!TYPES.contains(type)) {
      return Optional.of("usage_alerts has no type for " + type);
    }
    Optional<String> wanted = alert.user();
    if (wanted.isEmpty()) {
      return Optional.of("usage_alerts holds alerts of users, and this budget is not of a user");
    }
    Optional<UUID> user = HostUsers.find(host, wanted.get(), UUID::fromString);
    if (user.isEmpty()) {
      return Optional.of("the host has no user with the id " + wanted.get());
    }
    add(host, alert, user.get());
    lock(host, alert.record().id());
    return Optional.empty();
  }

  private static void add(Connection host, RaisedAlert alert, UUID user) throws SQLException {
    try (PreparedStatement added =
        host.prepareStatement(
            """
            INSERT INTO usage_alerts (id, "userId", "type", threshold, triggered, "createdAt")
            VALUES (?, ?, CAST(? AS "AlertType"), ?, TRUE, ?)
            ON CONFLICT (id) DO NOTHING
            """)) {
      Statements.bind(
          added,
          alert.record().id(),
          user,
          alert.record().type().name(),
          alert.record().threshold().setScale(0, RoundingMode.DOWN).intValue(),
          inUtc(alert.record().raisedAt()));
      added.executeUpdate();
    }
  }

  private static void lock(Connection host, UUID alert) throws SQLException {
    try (PreparedStatement locked =
        host.prepareStatement("SELECT id FROM usage_alerts WHERE id = ? FOR UPDATE")) {
      locked.setObject(1, alert);
      locked.execute();
    }
  }

  @Override
  public void update(Connection host, UUID alert, Standing standing) throws SQLException {
    try (PreparedStatement updated =
        host.prepareStatement(
            """
            UPDATE usage_alerts
            SET "resolvedAt" = coalesce(CAST(? AS timestamp), "resolvedAt")
            WHERE id = ?
            """)) {
      Statements.bind(updated, standing.resolvedAt().map(UsageAlerts::inUtc).orElse(null), alert);
      updated.executeUpdate();
    }
  }

  private static LocalDateTime inUtc(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
