package dev.stipend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.json.ExactJson;
import dev.stipend.support.Requests.Answer;
import dev.stipend.support.SettableClock;
import dev.stipend.support.SlackApi;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people press below alerts in Slack.
@ExtendWith(StipendExtension.class)
final class SlackInteractionsTest {
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String TS = "1700000000.000001";
  private static final Pattern VALUE =
      Pattern.compile("\"action_id\":\"acknowledge\"[^}]*?\"value\":\"([^\"]+)\"");

  private final Stipend stipend;
  private String ticket = "";
  private String alert = "";

  SlackInteractionsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void tell() {
    stipend.set("slack.signing.secret", SECRET);
    for (String method : List.of("chat.update", "views.open", "chat.postEphemeral")) {
      SlackApi.answer(method, "{\"ok\":true}");
    }
    SlackApi.postsGet(SlackApi.PLACE, TS);
    String channel = SlackApi.channel(stipend, "Bot", SlackApi.PLACE);
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"B","limitAmount":100,"period":"monthly","scope":"workspace","channels":["%s"]}
            """
                .formatted(channel));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    Matcher value = VALUE.matcher(SlackApi.calls("chat.postMessage").getFirst().get("blocks"));
    assertThat(value.find()).isTrue();
    ticket = value.group(1);
    alert = stipend.database.value("SELECT id FROM stipend.alert_logs");
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
        .hasEntrySatisfying("text", text -> assertThat(text).contains("raised already"));
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
    assertThat(SlackApi.calls("chat.postEphemeral").getFirst().get("text")).contains("is over");
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

  private void assertUntouched() {
    assertThat(stipend.api("GET", "/api/alerts/" + alert, "").body())
        .doesNotContain("acknowledgedBy", "snoozedUntil");
    assertThat(SlackApi.calls("chat.update")).isEmpty();
  }

  private String limit() {
    Answer usage =
        stipend.api(
            "GET",
            "/api/budgets/" + stipend.database.value("SELECT id FROM stipend.budgets") + "/usage",
            "");
    return usage.text("limitAmount");
  }

  private Answer press(String action) {
    return send(body(action, ticket, SlackApi.PLACE, TS));
  }

  private Answer submit(String metadata, String reason) {
    String payload =
        """
        {"type":"view_submission","user":{"id":"U0ANA"},"view":{"callback_id":"raise","private_metadata":"%s",
        "state":{"values":{"reason":{"reason":{"type":"plain_text_input","value":"%s"}}}}}}
        """
            .formatted(metadata, reason);
    return send(form(payload));
  }

  private static String body(String action, String value, String place, String ts) {
    String payload =
        """
        {"type":"block_actions","user":{"id":"U0ANA"},"trigger_id":"T.1",
        "container":{"type":"message","channel_id":"%s","message_ts":"%s"},
        "actions":[{"action_id":"%s","value":"%s"}]}
        """
            .formatted(place, ts, action, value);
    assertThat(ExactJson.parse(payload)).isNotNull();
    return form(payload);
  }

  private static String form(String payload) {
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  private Answer send(String body) {
    return send(body, signed(body, stipend.clock.instant()));
  }

  private Answer send(String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/x-www-form-urlencoded");
    return stipend.api("POST", "/slack/interactions", body, all);
  }

  private static Map<String, String> signed(String body, Instant at) {
    String time = Long.toString(at.getEpochSecond());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8));
      return Map.of(
          "content-type",
          "application/x-www-form-urlencoded",
          "x-slack-request-timestamp",
          time,
          "x-slack-signature",
          "v0=" + HexFormat.of().formatHex(signature));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
