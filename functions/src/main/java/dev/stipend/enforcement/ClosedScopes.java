package dev.stipend.enforcement;

import dev.stipend.budget.Scope;
import dev.stipend.budget.ScopePair;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Workspace;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Reads which work must be refused while the database does not answer.
@Singleton
public class ClosedScopes {
  private final JdbcOperations jdbc;

  ClosedScopes(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The scopes of the budgets with a hard limit that are closed on failure.
  ///
  /// @param scopes each with its id
  public record Snapshot(Set<Place> scopes) {
    /// Whether any of them counts this work.
    public boolean count(Workspace workspace, Attribution who, Map<String, String> tags) {
      return ScopePair.of(workspace, who, tags).stream()
          .anyMatch(pair -> scopes.contains(new Place(pair.scope(), pair.scopeId())));
    }
  }

  /// Where a budget stands.
  public record Place(Scope scope, String scopeId) {}

  /// Reads them all.
  @Connectable
  public Snapshot read(UUID workspace) {
    return jdbc.prepareStatement(
        """
        SELECT scope, scope_id
        FROM stipend.budgets
        WHERE workspace_id = ?
          AND hard_limit
          AND on_failure <> 'open'
          AND status <> 'archived'
          AND status <> 'paused'
        """,
        statement -> {
          statement.setObject(1, workspace);
          Set<Place> scopes = new HashSet<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              String id = row.getString("scope_id");
              // What this release does not know no work of it can be in.
              Labels.find(Scope.class, row.getString("scope"))
                  .ifPresent(scope -> scopes.add(new Place(scope, id)));
            }
          }
          return new Snapshot(scopes);
        });
  }
}
