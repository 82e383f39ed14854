package dev.stipend.support;

import java.util.Map;

/// Keys of other roles and of other workspaces, as a test's own rows.
public final class Tenant {
  private Tenant() {}

  /// The headers of a key of a role in a workspace, both made where they are missing.
  public static Map<String, String> key(Stipend stipend, String role, String workspace) {
    String key = "tenant-key-of-role-" + role + "-in-" + workspace;
    stipend.database.execute(
        """
        INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
        VALUES ('%s', 'test', 'USD', 'UTC')
        ON CONFLICT DO NOTHING
        """
            .formatted(workspace));
    stipend.database.execute(
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role)
        SELECT id, 'tenant', 'tenant', sha256('%s'), '%s' FROM stipend.workspaces WHERE slug = '%s'
        ON CONFLICT (key_hash) DO UPDATE SET revoked_at = NULL
        """
            .formatted(key, role, workspace));
    return Map.of("x-api-key", key);
  }
}
