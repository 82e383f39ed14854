package dev.stipend.scenario.delivery.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may raise limits in Slack, and what is left to press after a press.
@ExtendWith(StipendExtension.class)
final class SlackRaisersTest extends SlackPresses {
  SlackRaisersTest(Stipend stipend) {
    super(stipend);
  }

  @Test
  void whereNobodyIsNamedThereIsNoButtonAndNobodyRaises() {
    assertThat(SlackApi.calls("chat.postMessage").getFirst().get("blocks"))
        .contains("\"action_id\":\"raise\"");
    String channel = stipend.database.value("SELECT id FROM stipend.notification_channels");
    stipend.api(
        "PATCH",
        "/api/channels/" + channel,
        "{\"config\":{\"tokenSecret\":\"BOT_TOKEN_OF_TEST\",\"channel\":\"C0TEAM\"}}");

    try (CapturedLog log = CapturedLog.start()) {
      press("raise");
      stipend.clock.tick(Duration.ofSeconds(1));
      submit(ticket, "launch");
      assertThat(log.text("dev.stipend")).contains("Slack member U0ANA may not raise the limit");
    }

    assertThat(SlackApi.calls("views.open")).isEmpty();
    assertThat(SlackApi.calls("chat.postEphemeral"))
        .hasSize(2)
        .allSatisfy(
            said ->
                assertThat(said)
                    .containsEntry("user", "U0ANA")
                    .hasEntrySatisfying(
                        "text", text -> assertThat(text).contains("cannot be raised from this")));
    assertThat(limit()).isEqualTo("100.00");

    press("acknowledge");
    assertThat(SlackApi.calls("chat.update").getFirst().get("blocks"))
        .doesNotContain("\"action_id\":\"raise\"");
  }

  @Test
  void whoeverIsNotNamedRaisesNothingAndIsTold() {
    try (CapturedLog log = CapturedLog.start()) {
      send(body("U0EVE", "raise", ticket, SlackApi.PLACE, TS));
      stipend.clock.tick(Duration.ofSeconds(1));
      submit("U0EVE", ticket, "why not");
      assertThat(log.text("dev.stipend")).contains("Slack member U0EVE may not raise the limit");
    }

    assertThat(SlackApi.calls("views.open")).isEmpty();
    assertThat(SlackApi.calls("chat.postEphemeral").getFirst())
        .containsEntry("user", "U0EVE")
        .hasEntrySatisfying(
            "text", text -> assertThat(text).contains("you are not allowed to raise limits"));
    assertThat(limit()).isEqualTo("100.00");
  }

  @ParameterizedTest
  @CsvSource({"U0BEA, 120.00", "U0ANA, 120.00", "U0AN, 100.00"})
  void whoeverIsNamedRaisesIt(String member, String expected) {
    submit(member, ticket, "launch");
    assertThat(limit()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u0ana", "<!channel>", "B0BOT"})
  void aPressByNobodyIsLogged(String member) {
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(send(body(member, "acknowledge", ticket, SlackApi.PLACE, TS)).status())
          .isEqualTo(200);
      assertThat(log.text("dev.stipend")).contains("is not a member id");
    }
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "U0ANA,", "U0ANA; U0BEA", "C0TEAM"})
  void whoIsNoMemberCannotBeNamed(String list) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"slack_bot\",\"name\":\"S\",\"config\":{\"channel\":\"C0X\",\"raiseMembers\":\"%s\"}}"
                .formatted(list));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors")).contains("field=config.raiseMembers,");
  }

  @Test
  void whatWasPressedIsNoLongerThere() {
    press("acknowledge");
    assertThat(buttons(0)).containsOnlyKeys("raise");
  }

  @Test
  void whoeverSnoozesMayStillAcknowledge() {
    press("snooze_hour");
    assertThat(buttons(0)).containsOnlyKeys("acknowledge", "raise");
    stipend.clock.tick(Duration.ofSeconds(1));
    press("acknowledge");
    assertThat(buttons(1)).containsOnlyKeys("raise");
  }

  @Test
  void whatIsOverAfterARaiseHasNothingToPress() {
    submit(ticket, "launch");
    assertThat(buttons(0)).isEmpty();
  }

  private static Map<String, String> buttons(int update) {
    String blocks = SlackApi.calls("chat.update").get(update).get("blocks");
    Map<String, String> found = new TreeMap<>();
    for (String answer : new String[] {"acknowledge", "snooze_hour", "snooze_reset", "raise"}) {
      if (String.valueOf(blocks).contains("\"action_id\":\"" + answer + "\"")) {
        found.put(answer, "");
      }
    }
    return found;
  }
}
