package dev.stipend.scenario.delivery.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// An alert in Slack, and presses of its buttons.
@ExtendWith(StipendExtension.class)
public abstract class SlackPresses {
  public static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  public static final String TS = "1700000000.000001";
  private static final Pattern VALUE =
      Pattern.compile("\"action_id\":\"acknowledge\"[^}]*?\"value\":\"([^\"]+)\"");

  final Stipend stipend;
  String ticket = "";
  String alert = "";

  public SlackPresses(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void tell() {
    stipend.set("slack.signing.secret", SECRET);
    for (String method : List.of("chat.update", "views.open", "chat.postEphemeral")) {
      SlackApi.answer(method, "{\"ok\":true}");
    }
    SlackApi.postsGet(SlackApi.PLACE, TS);
    String channel = SlackApi.channel(stipend, "Bot", SlackApi.PLACE, more());
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

  /// More of the channel's config: who may raise limits.
  String more() {
    return ",\"raiseMembers\":\"U0BEA, U0ANA\"";
  }

  void assertUntouched() {
    assertThat(stipend.api("GET", "/api/alerts/" + alert, "").body())
        .doesNotContain("acknowledgedBy", "snoozedUntil");
    assertThat(SlackApi.calls("chat.update")).isEmpty();
  }

  Answer press(String action) {
    return send(body(action, ticket, SlackApi.PLACE, TS));
  }

  public static String body(String action, String value, String place, String ts) {
    return body("U0ANA", action, value, place, ts);
  }

  public static String body(String member, String action, String value, String place, String ts) {
    String payload =
        """
        {"type":"block_actions","user":{"id":"%s"},"trigger_id":"T.1",
        "container":{"type":"message","channel_id":"%s","message_ts":"%s"},
        "actions":[{"action_id":"%s","value":"%s"}]}
        """
            .formatted(member, place, ts, action, value);
    assertThat(ExactJson.parse(payload)).isNotNull();
    return form(payload);
  }

  static String form(String payload) {
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  public Answer send(String body) {
    return send(body, signed(body, stipend.clock.instant()));
  }

  public Answer send(String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/x-www-form-urlencoded");
    return stipend.api("POST", "/slack/interactions", body, all);
  }

  static Map<String, String> signed(String body, Instant at) {
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

  String limit() {
    Answer usage =
        stipend.api(
            "GET",
            "/api/budgets/" + stipend.database.value("SELECT id FROM stipend.budgets") + "/usage",
            "");
    return usage.text("limitAmount");
  }

  public Answer submit(String metadata, String reason) {
    return submit("U0ANA", metadata, reason);
  }

  public Answer submit(String member, String metadata, String reason) {
    String payload =
        """
        {"type":"view_submission","user":{"id":"%s"},"view":{"callback_id":"raise","private_metadata":"%s",
        "state":{"values":{"reason":{"reason":{"type":"plain_text_input","value":"%s"}}}}}}
        """
            .formatted(member, metadata, reason);
    return send(form(payload));
  }
}
