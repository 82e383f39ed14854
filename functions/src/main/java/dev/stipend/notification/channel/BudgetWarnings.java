package dev.stipend.notification.channel;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What may keep a budget from working as whoever made or edited it expects.
@Singleton
public final class BudgetWarnings {
  private final BudgetCatalog catalog;
  private final Channels channels;

  BudgetWarnings(BudgetCatalog catalog, Channels channels) {
    this.catalog = catalog;
    this.channels = channels;
  }

  /// What is to be said of a budget.
  public List<String> of(Budget budget) {
    return of(budget, List.of());
  }

  /// What is to be said of a budget, with what else is.
  ///
  /// @param more what else, which comes first
  public List<String> of(Budget budget, List<String> more) {
    boolean isHeard =
        !channels
            .of(budget.workspaceId(), Set.of(budget.id()))
            .getOrDefault(budget.id(), List.of())
            .isEmpty();
    List<String> warnings = new ArrayList<>(more);
    warnings.addAll(warnings(budget, isHeard));
    return warnings;
  }

  /// The same of a budget that is not saved, or not so. Nothing is changed for it.
  ///
  /// @param named the channels that it would name
  public List<String> ofProposed(Budget budget, List<UUID> named) {
    return warnings(budget, channels.reachSomebody(budget.workspaceId(), named));
  }

  private List<String> warnings(Budget budget, boolean isHeard) {
    List<String> warnings = new ArrayList<>();
    if (!isHeard) {
      warnings.add(
          "Nobody would be notified: "
              + (channels.areShared(budget.workspaceId())
                  ? "set SLACK_WEBHOOK_URL, or SMTP_URL or SENDGRID_API_KEY with"
                      + " ALERT_FROM_EMAIL, or name channels."
                  : "make a channel of this workspace, and name it or make it a default one."));
    }
    catalog.namesakes(budget).stream()
        .findFirst()
        .ifPresent(
            other ->
                warnings.add(
                    "Budget %s has the same name and scope: both count the same work, and alerts and refusals show the same name for both."
                        .formatted(other.id())));
    return warnings;
  }
}
