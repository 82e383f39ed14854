package dev.stipend.budget;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.tenant.Workspace;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A scope and scope id under which a budget may stand, and the subject that an event counts for
/// there.
///
/// @param scope the scope
/// @param scopeId the id to look budgets up by: the event's own, or the one that means each
/// @param subject the id that the event counts for
public record ScopePair(Scope scope, String scopeId, String subject) {

  /// Every pair under which work counts, each once: an id may itself be the one that means each.
  /// An event without a value does not count for that scope.
  public static Set<ScopePair> of(Workspace workspace, Attribution who, Map<String, String> tags) {
    Set<ScopePair> pairs = new LinkedHashSet<>();
    pairs.add(new ScopePair(Scope.WORKSPACE, workspace.slug(), workspace.slug()));
    add(pairs, Scope.USER, who.userId());
    add(pairs, Scope.TEAM, who.teamId());
    add(pairs, Scope.AGENT, who.agentId());
    add(pairs, Scope.WORKFLOW, who.workflowId());
    add(pairs, Scope.PROVIDER, who.provider());
    add(pairs, Scope.MODEL, who.model());
    tags.forEach(
        (key, value) -> {
          String subject = key + "=" + value;
          add(pairs, Scope.TAG, subject);
          pairs.add(new ScopePair(Scope.TAG, key + "=" + Scope.EACH, subject));
        });
    return pairs;
  }

  private static void add(Set<ScopePair> pairs, Scope scope, String id) {
    if (!id.isEmpty()) {
      pairs.add(new ScopePair(scope, id, id));
      pairs.add(new ScopePair(scope, Scope.EACH, id));
    }
  }
}
