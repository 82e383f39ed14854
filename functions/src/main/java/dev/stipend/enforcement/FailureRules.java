package dev.stipend.enforcement;

import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this process last knew of the budgets that refuse what they cannot verify, for when the
/// database does not answer.
@Singleton
public class FailureRules {
  private static final Logger LOG = LoggerFactory.getLogger(FailureRules.class);

  /// An edit of `onFailure` is known everywhere after this time at the latest.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final ClosedScopes scopes;
  private final Map<UUID, Known> byWorkspace = new ConcurrentHashMap<>();

  FailureRules(ClosedScopes scopes) {
    this.scopes = scopes;
  }

  private record Known(ClosedScopes.Snapshot closed, Instant readAt) {}

  /// Reads the rules of a workspace again, if what is known is old. A failure to do so changes
  /// nothing.
  public void refresh(Workspace workspace, Instant now) {
    Known known = byWorkspace.get(workspace.id());
    if (known == null || now.isAfter(known.readAt().plus(FRESH)) || now.isBefore(known.readAt())) {
      try {
        byWorkspace.put(workspace.id(), new Known(scopes.read(workspace.id()), now));
      } catch (RuntimeException unread) {
        LOG.warn("The budgets' onFailure could not be read", unread);
      }
    }
  }

  /// Whether no budget that counts the work is known to refuse it now. What was never read is not.
  public boolean areOpen(Workspace workspace, Work work) {
    Known known = byWorkspace.get(workspace.id());
    return known != null && !known.closed().count(workspace, work.who(), work.tags());
  }
}
