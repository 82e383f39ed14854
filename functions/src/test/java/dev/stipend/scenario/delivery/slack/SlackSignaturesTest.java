package dev.stipend.scenario.delivery.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests of Slack that are forged, stale or repeated change nothing.
@ExtendWith(StipendExtension.class)
final class SlackSignaturesTest extends SlackPresses {
  SlackSignaturesTest(Stipend stipend) {
    super(stipend);
  }

  @Test
  void aReplayedRequestIsRefused() {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    Map<String, String> headers = signed(body, stipend.clock.instant());
    assertThat(send(body, headers).status()).isEqualTo(200);
    assertThat(send(body, headers).status()).isEqualTo(401);
    assertThat(SlackApi.calls("chat.update")).hasSize(1);
  }

  @Test
  void aSignatureIsForgottenOnlyWhenItsRequestIsTooOldAnyway() {
    press("snooze_hour");
    stipend.clock.tick(Duration.ofHours(2));
    press("snooze_reset");
    assertThat(stipend.database.rows("SELECT 1 FROM stipend.slack_requests")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"PT5M1S", "-PT5M1S", "PT24H", "-PT24H"})
  void staleAndFutureDatedRequestsAreRefused(Duration age) {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    assertRefused(body, signed(body, stipend.clock.instant().minus(age)));
  }

  @ParameterizedTest
  @CsvSource({"PT5M", "-PT5M"})
  void requestsWithinFiveMinutesAreTaken(Duration age) {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    assertThat(send(body, signed(body, stipend.clock.instant().minus(age))).status())
        .isEqualTo(200);
  }

  @Test
  void forgedRequestsAreRefused() {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    Map<String, String> headers = signed(body, stipend.clock.instant());
    String signature = String.valueOf(headers.get("x-slack-signature"));
    for (String forged :
        List.of(
            "",
            "v0=",
            "v0=" + "0".repeat(64),
            signature.substring(3),
            signature.replace("v0=", "v1="),
            signature.toUpperCase(Locale.ROOT),
            signature + "00",
            signature.substring(0, 66),
            "v0=" + "é".repeat(64))) {
      Map<String, String> wrong = new HashMap<>(headers);
      wrong.put("x-slack-signature", forged);
      assertRefused(body, wrong);
    }
    for (String time : List.of("", "x", "-1", "1e9", "99999999999999999999")) {
      Map<String, String> wrong = new HashMap<>(headers);
      wrong.put("x-slack-request-timestamp", time);
      assertRefused(body, wrong);
    }
    assertRefused(body, Map.of());
  }

  @Test
  void aBodyThatIsEncodedAnotherWayIsRefused() {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    Map<String, String> headers = signed(body, stipend.clock.instant());
    assertRefused(body.replace("%7B", "{"), headers);
    assertRefused(body + "&x=1", headers);
    assertRefused(body + "\n", headers);
  }

  @Test
  void bodiesThatTheGatewayHasEncodedAreDecodedBeforeTheyAreChecked() {
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    Answer answer =
        stipend.apiInBytes(
            "/slack/interactions",
            body.getBytes(StandardCharsets.UTF_8),
            signed(body, stipend.clock.instant()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(SlackApi.calls("chat.update")).hasSize(1);
  }

  @Test
  void withoutASecretNobodyListensAndNothingCanBePressed() {
    stipend.set("slack.signing.secret", " ");
    String body = body("acknowledge", ticket, SlackApi.PLACE, TS);
    assertThat(send(body, signed(body, stipend.clock.instant())).status()).isEqualTo(404);
    stipend.record(Usage.costing("e2", SettableClock.START, "20"));
    stipend.deliverAlerts();
    assertThat(SlackApi.calls("chat.postMessage").get(1).get("blocks"))
        .doesNotContain("acknowledge");
  }

  private void assertRefused(String body, Map<String, String> headers) {
    Answer answer = send(body, headers);
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain(SECRET);
    assertUntouched();
  }
}
