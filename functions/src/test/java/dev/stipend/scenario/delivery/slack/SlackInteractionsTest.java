package dev.stipend.scenario.delivery.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people press below alerts in Slack.
@ExtendWith(StipendExtension.class)
final class SlackInteractionsTest extends SlackPresses {
  SlackInteractionsTest(Stipend stipend) {
    super(stipend);
  }

  @Test
  void acknowledgingIsDoneAuditedAndShown() {
    assertThat(press("acknowledge").status()).isEqualTo(200);

    Answer shown = stipend.api("GET", "/api/alerts/" + alert, "");
    assertThat(shown.text("acknowledgedBy")).isEqualTo("slack member U0ANA");
    assertThat(stipend.api("GET", "/api/audit?action=alert.acknowledge", "").body())
        .contains("slack member U0ANA", "alert " + alert);
    assertThat(SlackApi.calls("chat.update").getFirst())
        .containsEntry("channel", SlackApi.PLACE)
        .containsEntry("ts", TS);
    assertThat(SlackApi.calls("chat.update").getFirst().get("blocks"))
        .contains("Acknowledged by <@U0ANA>");
  }

  @ParameterizedTest
  @CsvSource({"snooze_hour, 2026-06-15T13:00:00Z", "snooze_reset, 2026-07-01T00:00:00Z"})
  void snoozingLastsAnHourOrUntilTheReset(String action, String until) {
    assertThat(press(action).status()).isEqualTo(200);
    assertThat(stipend.api("GET", "/api/alerts/" + alert, "").text("snoozedUntil"))
        .isEqualTo(until);
    assertThat(SlackApi.calls("chat.update").getFirst().get("blocks"))
        .contains("Snoozed until", "by <@U0ANA>");
  }

  @Test
  void raisingAsksWhyAndRaisesByAFifthUntilTheReset() {
    assertThat(press("raise").status()).isEqualTo(200);
    Map<String, String> dialog = SlackApi.calls("views.open").getFirst();
    assertThat(dialog).containsEntry("trigger_id", "T.1");
    assertThat(dialog.get("view"))
        .contains("B: from $100.00 to $120.00 until Wed 1 Jul 2026, 00:00 UTC", ticket);
    assertThat(limit()).isEqualTo("100.00");

    assertThat(submit(ticket, "launch <!channel> *day*").status()).isEqualTo(200);
    assertThat(limit()).isEqualTo("120.00");
    assertThat(
            stipend.database.value(
                "SELECT increased_until = period_end FROM stipend.budgets b"
                    + " JOIN stipend.budget_periods p ON p.budget_id = b.id"))
        .isEqualTo("t");
    assertThat(stipend.api("GET", "/api/audit?action=budget.increase", "").body())
        .contains("slack member U0ANA");
    assertThat(SlackApi.calls("chat.update").toString())
        .contains("Limit raised to $120.00", "&lt;!channel&gt; ∗day∗")
        .doesNotContain("<!channel>");
  }

  @Test
  void raisingTwiceRaisesOnce() {
    submit(ticket, "one");
    stipend.clock.tick(Duration.ofSeconds(1));
    submit(ticket, "two");
    assertThat(limit()).isEqualTo("120.00");
    assertThat(SlackApi.calls("chat.postEphemeral").getFirst())
        .containsEntry("user", "U0ANA")
        .hasEntrySatisfying("text", text -> assertThat(text).contains("already raised"));
    stipend.clock.tick(Duration.ofSeconds(1));
    press("raise");
    assertThat(SlackApi.calls("views.open")).isEmpty();
  }

  @Test
  void anAlertThatIsOverIsLeftAlone() {
    stipend.record(Usage.costing("e2", SettableClock.START, "-70"));
    String budget = stipend.database.value("SELECT id FROM stipend.budgets");
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":1000}");
    press("acknowledge");
    assertThat(SlackApi.calls("chat.postEphemeral").getFirst().get("text"))
        .contains("already resolved");
  }

  @Test
  void whatWasToldElsewhereIsNotAnswered() {
    send(body("acknowledge", ticket, "C0OTHER", TS));
    send(body("acknowledge", ticket, SlackApi.PLACE, "1700000000.999999"));
    send(body("acknowledge", ticket, "", ""));
    assertUntouched();
  }

  @Test
  void aTicketThatWasNotIssuedHereIsNoTicket() {
    String workspace = stipend.database.value("SELECT id FROM stipend.workspaces");
    String[] parts = ticket.split("\\.", -1);
    String other = Tenant.key(stipend, "admin", "other").toString();
    assertThat(other).isNotEmpty();
    for (String forged :
        List.of(
            "",
            "x",
            workspace + "." + alert,
            parts[0] + "." + parts[1] + "." + parts[2] + ".",
            parts[0] + "." + parts[1] + "." + parts[2] + "." + "A".repeat(43),
            parts[0] + "." + parts[2] + "." + parts[1] + "." + parts[3])) {
      assertThat(send(body("acknowledge", forged, SlackApi.PLACE, TS)).status()).isEqualTo(200);
      assertThat(submit(forged, "why not").status()).isEqualTo(200);
      stipend.clock.tick(Duration.ofSeconds(1));
    }
    assertUntouched();
    assertThat(limit()).isEqualTo("100.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payload={}",
        "payload=",
        "nothing",
        "payload=%7B%22type%22%3A%22block_actions%22%7D",
        "payload=%7B%22type%22%3A%22view_submission%22%7D",
        "payload=%7B%22type%22%3A%22shortcut%22%7D",
        "payload=%"
      })
  void signedRubbishChangesNothing(String body) {
    assertThat(send(body).status()).isBetween(200, 400);
    assertUntouched();
  }
}
