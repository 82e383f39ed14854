package dev.stipend.enforcement;

import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Writes refusals to the audit log: those of one key, budget and subject within a minute as one
/// entry that counts them, for an agent may ask again and again as fast as it is refused.
@Singleton
public class Refusals {
  /// What the audit log calls a refusal.
  private static final String ACTION = "work.refused";

  private final AuditLog log;
  private final JsonText json;

  Refusals(AuditLog log, JsonText json) {
    this.log = log;
    this.json = json;
  }

  /// Writes a refusal, and answers the decision under the id of its entry there.
  public Decision write(Caller caller, Work work, Decision refused, Instant now) {
    Headroom first = refused.denying().getFirst();
    UUID workspace = caller.workspace().id();
    UUID id = idOf(workspace, caller.actor(), first, now);
    log.count(
        workspace,
        id,
        new AuditEvent(
            caller.actor(),
            ACTION,
            "budget " + first.budgetId(),
            Optional.empty(),
            Optional.of(written(work, refused))),
        now);
    return new Decision(id, refused.estimate(), refused.budgets(), refused.verified());
  }

  private static UUID idOf(UUID workspace, String actor, Headroom refusing, Instant now) {
    String together =
        String.join(
            "\n",
            workspace.toString(),
            actor,
            refusing.budgetId().toString(),
            refusing.subject(),
            now.truncatedTo(ChronoUnit.MINUTES).toString());
    return UUID.nameUUIDFromBytes(together.getBytes(StandardCharsets.UTF_8));
  }

  private String written(Work work, Decision refused) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("estimatedCost", refused.estimate().cost().toString());
    told.put("userId", work.who().userId());
    told.put("agentId", work.who().agentId());
    told.put("model", work.who().model());
    told.put("budgets", refused.denying().stream().map(Refusals::figures).toList());
    return json.write(told);
  }

  private static Map<String, Object> figures(Headroom budget) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("budgetId", budget.budgetId().toString());
    figures.put("budgetName", budget.budgetName());
    figures.put("subject", budget.subject());
    figures.put("limitAmount", budget.limit().toString());
    figures.put("currentSpend", budget.spend().toString());
    figures.put("held", budget.held().toString());
    return figures;
  }
}
