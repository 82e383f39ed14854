package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.scenario.delivery.ChannelsInUse.DELIVERIES;
import static dev.stipend.scenario.delivery.ChannelsInUse.budget;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import jakarta.mail.MessagingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Channels, as an administrator makes, tries, edits and deletes them.
@ExtendWith(StipendExtension.class)
final class ChannelsTest {
  @Test
  void channelIsMadeShownEditedAndDeleted(Stipend stipend) {
    Answer made =
        create(
            stipend, "{\"kind\":\"email\",\"name\":\"Ops\",\"config\":{\"to\":\"a@example.com\"}}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String path = "/api/channels/" + made.text("id");
    assertThat(made.header("location")).isEqualTo(path);
    assertThat(made.text("minSeverity")).isEqualTo("info");
    assertThat(made.text("isDefault")).isEqualTo("false");
    assertThat(stipend.api("GET", path, "").body()).isEqualTo(made.body());

    Answer edited = stipend.api("PATCH", path, "{\"minSeverity\":\"critical\",\"isDefault\":true}");
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    assertThat(edited.body())
        .contains("\"config\":{\"to\":\"a@example.com\"}", "\"minSeverity\":\"critical\"")
        .contains("\"isDefault\":true");
    assertThat(stipend.api("GET", "/api/channels", "").items()).hasSize(1);

    assertThat(stipend.api("DELETE", path, "").status()).isEqualTo(204);
    assertThat(stipend.api("GET", path, "").status()).isEqualTo(404);
    assertThat(stipend.api("DELETE", path, "").status()).isEqualTo(404);
    assertThat(stipend.api("PATCH", path, "{}").status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/channels", "").items()).isEmpty();
  }

  @Test
  void repeatedRequestMakesOneChannel(Stipend stipend) {
    Map<String, String> once = Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "c-1");
    String body = "{\"kind\":\"email\",\"name\":\"Ops\"}";

    Answer first = stipend.api("POST", "/api/channels", body, once);
    Answer again = stipend.api("POST", "/api/channels", body, once);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(stipend.api("GET", "/api/channels", "").items()).hasSize(1);
  }

  @Test
  void nameIsTakenOnceAndFreeAgainWhenItsChannelIsDeleted(Stipend stipend) {
    String id = create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");
    String other = create(stipend, "{\"kind\":\"email\",\"name\":\"Dev\"}").text("id");

    Answer twin = create(stipend, "{\"kind\":\"slack_webhook\",\"name\":\"Ops\"}");
    assertThat(twin.status()).isEqualTo(409);
    assertThat(twin.text("detail")).contains("Ops");
    assertThat(stipend.api("PATCH", "/api/channels/" + other, "{\"name\":\"Ops\"}").status())
        .isEqualTo(409);

    stipend.api("DELETE", "/api/channels/" + id, "");
    assertThat(stipend.api("PATCH", "/api/channels/" + other, "{\"name\":\"Ops\"}").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.slack.com/services/T000/B000/XXXXXXXX",
        "hooks.slack.com/services/T000/B000/XXXXXXXX",
        "xoxb-1234567890-abcdef",
        "SG.abcdefgh.ijklmnop",
        "https://user:password@example.com/hook",
        "smtp://user:password@mail.example.com:587"
      })
  void valueThatLooksLikeASecretIsRefusedAndSaidWhereItBelongs(String secret, Stipend stipend) {
    for (String body :
        List.of(
            "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"config\":{\"urlSecret\":\"%s\"}}",
            "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"config\":{\"url\":\"%s\"}}",
            "{\"kind\":\"email\",\"name\":\"S\",\"config\":{\"to\":\"%s\"}}")) {
      Answer answer = create(stipend, body.formatted(secret));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("detail"))
          .contains("looks like a secret", "environment or Secrets Manager")
          .doesNotContain(secret);
    }
    assertThat(stipend.api("GET", "/api/channels", "").items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|kind is required",
        "{}|name is required",
        "{\"kind\":\"pigeon\",\"name\":\"x\"}|kind must be one of slack_webhook, slack_bot, email",
        "{\"kind\":\"slack_bot\",\"name\":\"x\",\"config\":{\"channel\":\"alerts\"}}|config.channel"
            + " must be the id",
        "{\"kind\":\"email\",\"name\":\"x\",\"config\":[]}|config must be an object",
        "{\"kind\":\"email\",\"name\":\"x\",\"config\":{\"to\":\"nobody\"}}|config.to must be"
            + " email",
        "{\"kind\":\"email\",\"name\":\"x\",\"config\":{\"urlSecret\":\"A\"}}|config.urlSecret is"
            + " not a known field",
        "{\"kind\":\"slack_webhook\",\"name\":\"x\",\"config\":{\"urlSecret\":\"my"
            + " url\"}}|config.urlSecret must name the environment variable",
        "{\"kind\":\"slack_webhook\",\"name\":\"x\",\"config\":{\"urlSecret\":\"DATABASE_URL\"}}|must"
            + " not name a secret that Stipend itself uses",
        "{\"kind\":\"email\",\"name\":\"x\",\"minSeverity\":\"dire\"}|minSeverity must be one of",
        "{\"kind\":\"email\",\"name\":\"x\",\"isDefault\":\"yes\"}|isDefault must be true or false",
        "{\"kind\":\"email\",\"name\":\"x\",\"colour\":1}|colour is not a known field"
      })
  void wrongFieldIsNamed(String body, String message, Stipend stipend) {
    Answer answer = create(stipend, body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @Test
  void kindOfAChannelStays(Stipend stipend) {
    String id = create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");

    Answer answer = stipend.api("PATCH", "/api/channels/" + id, "{\"kind\":\"slack_webhook\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains("kind cannot be changed");
  }

  @Test
  void secretMayBeNamedByItsArn(Stipend stipend) {
    Answer made =
        create(
            stipend,
            """
            {"kind":"slack_webhook","name":"S","config":{"urlSecret":"arn:aws:secretsmanager:eu-west-1:000000000000:secret:slack-AbCdEf"}}
            """);

    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  @Test
  void testOfAChannelSendsAMessageThatSaysSo(Stipend stipend) throws MessagingException {
    String slack = create(stipend, "{\"kind\":\"slack_webhook\",\"name\":\"S\"}").text("id");
    String mail =
        create(
                stipend,
                "{\"kind\":\"email\",\"name\":\"M\",\"config\":{\"to\":\"me@example.com\"}}")
            .text("id");

    assertThat(test(stipend, slack).text("outcome")).isEqualTo("sent");
    assertThat(test(stipend, mail).text("outcome")).isEqualTo("sent");

    TestServers.HTTP.verify(
        1, postRequestedFor(urlEqualTo("/slack")).withRequestBody(containing("only a test")));
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    assertThat(TestServers.MAIL.getReceivedMessages()[0].getSubject())
        .startsWith("[test] This is only a test");
    assertThat(TestServers.MAIL.getReceivedMessages()[0].getAllRecipients()[0])
        .hasToString("me@example.com");
    assertThat(stipend.database.rows(DELIVERIES)).isEmpty();
  }

  @Test
  void testOfAChannelTellsWhatTheProviderSaidAndNoSecret(Stipend stipend) {
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/slack"))
            .willReturn(aResponse().withStatus(404).withBody("no_service at /slack")));
    String id = create(stipend, "{\"kind\":\"slack_webhook\",\"name\":\"S\"}").text("id");

    Answer refused = test(stipend, id);

    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.text("outcome")).isEqualTo("failed");
    assertThat(refused.text("error")).contains("404", "no_service").doesNotContain("/slack");
  }

  @Test
  void testOfAChannelWhoseSecretIsNotThereSaysWhich(Stipend stipend) {
    String id =
        create(
                stipend,
                "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"config\":{\"urlSecret\":\"NOT_SET_URL\"}}")
            .text("id");

    assertThat(test(stipend, id).text("error")).isEqualTo("NOT_SET_URL is not set");
  }

  @Test
  void channelHearsOnlyOfItsSeverityAndAbove(Stipend stipend) {
    String loud =
        create(
                stipend,
                "{\"kind\":\"email\",\"name\":\"Loud\",\"config\":{\"to\":\"a@example.com\"}}")
            .text("id");
    String quiet =
        create(
                stipend,
                "{\"kind\":\"email\",\"name\":\"Quiet\",\"config\":{\"to\":\"b@example.com\"},\"minSeverity\":\"critical\"}")
            .text("id");
    budget(stipend, "B", "\"channels\":[\"%s\",\"%s\"]".formatted(loud, quiet));

    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("Loud|pending");

    stipend.record(Usage.costing("e2", SettableClock.START, "20"));
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactlyInAnyOrder("Loud|pending", "Loud|pending", "Quiet|pending");
  }

  @Test
  void channelsOfAnotherWorkspaceAreNotThere(Stipend stipend) {
    String path =
        "/api/channels/" + create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");
    Map<String, String> other = Tenant.key(stipend, "admin", "other");

    assertThat(stipend.api("GET", path, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("PATCH", path, "{\"name\":\"Mine\"}", other).status()).isEqualTo(404);
    assertThat(stipend.api("POST", path + "/test", "", other).status()).isEqualTo(404);
    assertThat(stipend.api("DELETE", path, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/channels", "", other).items()).isEmpty();
    assertThat(stipend.api("GET", path, "").text("name")).isEqualTo("Ops");
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void readersSeeChannelsAndOnlyAdminsChangeThem(Stipend stipend) {
    String path =
        "/api/channels/" + create(stipend, "{\"kind\":\"email\",\"name\":\"Ops\"}").text("id");
    Map<String, String> ingest = Tenant.key(stipend, "ingest", "default");

    assertThat(stipend.api("GET", path, "", ingest).status()).isEqualTo(200);
    assertThat(stipend.api("POST", path + "/test", "", ingest).status()).isEqualTo(403);
    assertThat(stipend.api("PATCH", path, "{}", ingest).status()).isEqualTo(403);
    assertThat(stipend.api("DELETE", path, "", ingest).status()).isEqualTo(403);
  }

  private static Answer create(Stipend stipend, String body) {
    return stipend.api("POST", "/api/channels", body);
  }

  private static Answer test(Stipend stipend, String id) {
    return stipend.api("POST", "/api/channels/" + id + "/test", "");
  }
}
