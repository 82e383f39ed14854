package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.AuditEntry;
import dev.stipend.tenant.AuditLog;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why limits are raised, as the audit log has it.
@Singleton
public class IncreaseReasons {
  /// Of what was raised earlier nothing is said.
  private static final int MOST = 100;

  private final AuditLog audit;

  IncreaseReasons(AuditLog audit) {
    this.audit = audit;
  }

  /// The reasons of increases of a budget, by the subject whose they are; that of all has no
  /// subject's name.
  public Map<String, String> of(Budget budget) {
    Map<String, String> reasons = new HashMap<>();
    List<AuditEntry> entries =
        audit.page(
            budget.workspaceId(),
            Optional.of("budget " + budget.id()),
            Optional.of("budget.increase"),
            Period.FOREVER,
            new UUID(-1, -1),
            MOST);
    for (AuditEntry entry : entries) {
      if (entry.deed().after().map(ExactJson::parse).orElse(null) instanceof Map<?, ?> after
          && after.get("reason") instanceof String reason) {
        add(reasons, "", budget.increase(), after.get("increase"), reason);
        if (after.get("subjectIncreases") instanceof Map<?, ?> bySubject) {
          budget
              .subjectIncreases()
              .forEach(
                  (subject, higher) ->
                      add(reasons, subject, Optional.of(higher), bySubject.get(subject), reason));
        }
      }
    }
    return reasons;
  }

  /// The newest entry of an increase that is still so.
  private static void add(
      Map<String, String> reasons,
      String subject,
      Optional<Increase> running,
      @Nullable Object logged,
      String reason) {
    boolean isSame = running.filter(higher -> BudgetTerms.shown(higher).equals(logged)).isPresent();
    if (isSame) {
      reasons.put(subject, reason);
    }
  }
}
