package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.notification.channel.Channels;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What may keep a budget from working as whoever made or edited it expects.
@Singleton
final class BudgetWarnings {
  private final BudgetCatalog catalog;
  private final Channels channels;

  BudgetWarnings(BudgetCatalog catalog, Channels channels) {
    this.catalog = catalog;
    this.channels = channels;
  }

  List<String> of(Budget budget) {
    return of(budget, List.of());
  }

  /// @param more what else is to be said, first
  List<String> of(Budget budget, List<String> more) {
    List<String> warnings = new ArrayList<>(more);
    if (channels
        .of(budget.workspaceId(), Set.of(budget.id()))
        .getOrDefault(budget.id(), List.of())
        .isEmpty()) {
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
