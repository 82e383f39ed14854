package dev.stipend.notification.channel;

import dev.stipend.platform.secrets.Tenant;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells which workspaces the channels of the deployment's environment belong to: those that a
/// setting lists besides the ones that the database knows.
@Singleton
class Tenants {
  private final JdbcOperations jdbc;
  private final Set<String> listed;

  /// @param listed slugs with commas between
  Tenants(JdbcOperations jdbc, @Value("${shared.channel.workspaces:}") String listed) {
    this.jdbc = jdbc;
    this.listed = Stream.of(listed.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  @Connectable
  Tenant of(UUID workspace) {
    return jdbc.prepareStatement(
        "SELECT slug, deployment_channels FROM stipend.workspaces WHERE id = ?",
        statement -> {
          statement.setObject(1, workspace);
          try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
              throw new IllegalStateException("there is no workspace " + workspace);
            }
            String slug = row.getString("slug");
            return new Tenant(slug, row.getBoolean("deployment_channels") || listed.contains(slug));
          }
        });
  }
}
