package dev.stipend.scenario.delivery;

import static dev.stipend.scenario.delivery.ChannelsInUse.DELIVERIES;
import static dev.stipend.scenario.delivery.ChannelsInUse.budget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Channels that are deleted, and what becomes of their deliveries.
@ExtendWith(StipendExtension.class)
final class ChannelDeletionTest {
  @Test
  void channelThatBudgetsNameIsNotDeletedAndUpToFiveOfThemAreNamed(Stipend stipend) {
    String id = create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");
    for (int i = 0; i < 7; i++) {
      budget(stipend, "B" + i, "\"channels\":[\"" + id + "\"]");
    }

    Answer answer = stipend.api("DELETE", "/api/channels/" + id, "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).contains("B0, B1, B2, B3, B4 and more").doesNotContain("B5");
  }

  @Test
  void channelThatAThresholdNamesIsNotDeleted(Stipend stipend) {
    String id = create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");
    budget(stipend, "Lines", "\"thresholds\":[{\"percent\":50,\"channels\":[\"" + id + "\"]}]");

    Answer answer = stipend.api("DELETE", "/api/channels/" + id, "");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).contains("Lines");
  }

  @Test
  void deletedChannelKeepsTheHistoryOfItsDeliveriesAndGetsNoMore(Stipend stipend) {
    String id =
        create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\",\"isDefault\":true}").text("id");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();

    assertThat(stipend.api("DELETE", "/api/channels/" + id, "").status()).isEqualTo(204);
    stipend.record(Usage.costing("e2", SettableClock.START, "20"));

    assertThat(stipend.api("GET", "/api/alerts", "").body()).contains("\"channel\":\"Ops\"");
    assertThat(stipend.database.rows(DELIVERIES)).containsOnlyOnce("Ops|sent");
  }

  @Test
  void deliveriesOnTheirWayToADeletedChannelEnd(Stipend stipend) {
    String id =
        create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\",\"isDefault\":true}").text("id");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));

    stipend.api("DELETE", "/api/channels/" + id, "");
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(DELIVERIES)).contains("Ops|failed");
    assertThat(stipend.api("GET", "/api/alerts", "").body()).contains("the channel was deleted");
  }

  @Test
  void channelOfTheEnvironmentThatWasDeletedStaysSo(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    String id =
        stipend.database.value(
            "SELECT id FROM stipend.notification_channels WHERE kind = 'slack_webhook'");
    stipend.api("DELETE", "/api/channels/" + id, "");

    stipend.record(Usage.costing("e1", SettableClock.START, "80"));

    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("environment email|pending");
  }

  private static Answer create(Stipend stipend, String body) {
    return stipend.api("POST", "/api/channels", body);
  }
}
