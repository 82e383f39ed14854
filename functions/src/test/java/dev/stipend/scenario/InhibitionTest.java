package dev.stipend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Rule 11, driven through the functions: if the workspace is blocked already, alerts of smaller
/// budgets are logged as inhibited and counted in its message.
@ExtendWith(StipendExtension.class)
final class InhibitionTest {
  private static final Instant START = SettableClock.START;
  private static final String ALERTS =
      """
      SELECT b.name, a.threshold, a.state
      FROM stipend.alert_logs a
      JOIN stipend.budgets b ON b.id = a.budget_id
      ORDER BY b.name, a.threshold
      """;
  private static final String TOLD =
      """
      SELECT b.name, d.purpose
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.budgets b ON b.id = a.budget_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'slack_webhook'
        AND d.status <> 'suppressed'
      ORDER BY d.created_at, b.name, d.purpose
      """;

  private final Holder holder = new Holder();

  @Test
  void alertsOfSmallerBudgetsAreInhibitedAndCountedInTheParentsMessage(Stipend stipend) {
    block(stipend);

    assertThat(stipend.database.rows(ALERTS))
        .containsExactly(
            "agent a1|80.000|inhibited",
            "user u1|80.000|superseded",
            "user u1|100.000|inhibited",
            "workspace default|80.000|superseded",
            "workspace default|100.000|open");
    assertThat(stipend.database.rows(TOLD)).containsExactly("workspace default|raised");
    assertThat(
            stipend.database.value(
                "SELECT payload -> 'alert' ->> 'reason' FROM stipend.alert_logs WHERE state ="
                    + " 'open'"))
        .isEqualTo("spend 9.00 reached 100 % of 9.00; 2 alerts of budgets below are kept back");
    assertThat(
            stipend.database.value(
                "SELECT DISTINCT last_error FROM stipend.alert_deliveries WHERE status ="
                    + " 'suppressed'"))
        .isEqualTo(
            "budget workspace default above it has reached its hard limit: 9.00 of 9.00 are spent");
  }

  @Test
  void aSoftLimitOfTheWorkspaceInhibitsNothing(Stipend stipend) {
    holder.budget(stipend, "workspace", "default", "9", false);
    holder.budget(stipend, "user", "u1", "9", false);

    stipend.record(Usage.costing("e1", START, "9"));

    assertThat(stipend.database.rows(TOLD))
        .containsExactlyInAnyOrder("workspace default|raised", "user u1|raised");
  }

  @Test
  void whatStillHoldsWhenTheWorkspaceIsFreeAgainIsToldOnce(Stipend stipend) {
    String workspace = block(stipend);

    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", "/api/budgets/" + workspace, "{\"limitAmount\":\"90\"}");
    stipend.sweep();
    stipend.sweep();

    assertThat(stipend.database.rows(TOLD))
        .containsExactlyInAnyOrder(
            "workspace default|raised",
            "workspace default|recovered",
            "agent a1|raised",
            "user u1|raised");
    assertThat(stipend.database.rows(ALERTS))
        .containsExactly(
            "agent a1|80.000|open",
            "user u1|80.000|superseded",
            "user u1|100.000|open",
            "workspace default|80.000|resolved",
            "workspace default|100.000|resolved");
  }

  @Test
  void aHardLimitThatBecomesSoftFreesThoseBelowAfterAWhile(Stipend stipend) {
    String workspace = block(stipend);
    stipend.api("PATCH", "/api/budgets/" + workspace, "{\"hardLimit\":false}");

    stipend.clock.tick(Duration.ofMinutes(15));
    stipend.sweep();

    assertThat(stipend.database.rows(TOLD))
        .containsExactlyInAnyOrder("workspace default|raised", "agent a1|raised", "user u1|raised");
  }

  @Test
  void whatHasEndedMeanwhileIsNeverTold(Stipend stipend) {
    String workspace = block(stipend);
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(
        """
        {"eventId":"refund","kind":"adjustment","occurredAt":"%s","userId":"u1","agentId":"a1","cost":"-9"}
        """
            .formatted(START));
    stipend.api("DELETE", "/api/budgets/" + workspace, "");

    stipend.clock.tick(Duration.ofMinutes(15));
    stipend.sweep();

    assertThat(stipend.database.rows(TOLD))
        .containsExactlyInAnyOrder("workspace default|raised", "workspace default|recovered");
  }

  /// Spends all that the workspace may, and with it lines of an agent and of a user.
  private String block(Stipend stipend) {
    String id = holder.budget(stipend, "workspace", "default", "9", true);
    holder.budget(stipend, "user", "u1", "9", false);
    holder.budget(stipend, "agent", "a1", "10", false);
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","userId":"u1","agentId":"a1","cost":"9"}
        """
            .formatted(START));
    return id;
  }
}
