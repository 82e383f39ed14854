package dev.stipend.scenario.delivery.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.notification.SlackApi;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A Slack app that posts as a bot.
@ExtendWith(StipendExtension.class)
final class SlackBotTest extends SlackBotPosts {
  private static final String SECOND = "1700000000.000002";

  @Test
  void anAlertIsPostedOnceWithItsEventIdAndNothingElseIsAsked(Stipend stipend) {
    spend(stipend, "e1", "80");

    Map<String, String> call = SlackApi.calls(POST).getFirst();
    assertThat(call)
        .containsEntry("channel", SlackApi.PLACE)
        .containsEntry("unfurl_links", "0")
        .doesNotContainKey("thread_ts");
    assertThat(call.get("blocks")).contains("\"type\":\"header\"", "▓▓▓▓▓▓▓▓░░");
    assertThat(call.get("metadata")).contains("\"event_id\":\"", ".raised\"");
    assertThat(stipend.database.value("SELECT provider_message_id FROM stipend.alert_deliveries"))
        .isEqualTo(SlackApi.PLACE + ":" + FIRST);
    TestServers.HTTP.verify(1, postRequestedFor(urlMatching("/slack-api/(?!files).*")));
    TestServers.HTTP.verify(
        1,
        postRequestedFor(urlEqualTo("/slack-api/chat.postMessage"))
            .withHeader("Authorization", equalTo("Bearer " + SlackApi.TOKEN)));
  }

  @Test
  void aPictureOfThePeriodIsInTheThreadOfItsMessage(Stipend stipend) {
    SlackApi.takesFiles();
    stipend.record(Usage.costing("e0", SettableClock.START, "30"));
    stipend.clock.tick(Duration.ofHours(6));
    spend(stipend, "e1", "50");

    assertThat(SlackApi.uploaded())
        .singleElement()
        .satisfies(png -> assertThat(png).startsWith(0x89, 'P', 'N', 'G'));
    assertThat(SlackApi.calls("files.completeUploadExternal"))
        .singleElement()
        .satisfies(
            call ->
                assertThat(call)
                    .containsEntry("channel_id", SlackApi.PLACE)
                    .containsEntry("thread_ts", FIRST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing_scope, the app needs files:write", "ratelimited"})
  void aMessageIsSentOnceAlsoWithoutItsPicture(String told, Stipend stipend) {
    SlackApi.answer(
        "files.getUploadURLExternal",
        "{\"ok\":false,\"error\":\"%s\"}".formatted(told.split(",", -1)[0]));
    stipend.record(Usage.costing("e0", SettableClock.START, "30"));
    stipend.clock.tick(Duration.ofHours(6));
    try (CapturedLog log = CapturedLog.start()) {
      spend(stipend, "e1", "50");
      assertThat(log.text("dev.stipend", "com.slack", "okhttp3"))
          .contains("A chart could not be shown in Slack: " + told)
          .doesNotContain("secretBotToken");
    }
    stipend.deliverAlerts();

    assertThat(stipend.database.value(DELIVERY)).isEqualTo("sent|null");
    assertThat(SlackApi.calls(POST)).hasSize(1);
  }

  @Test
  void aHigherLineGoesToTheThreadForAllToSee(Stipend stipend) {
    spend(stipend, "e1", "80");
    SlackApi.postsGet(SlackApi.PLACE, SECOND);
    spend(stipend, "e2", "20");

    assertThat(SlackApi.calls(POST)).hasSize(2);
    assertThat(SlackApi.calls(POST).get(1))
        .containsEntry("thread_ts", FIRST)
        .containsEntry("reply_broadcast", "1");
    assertThat(
            stipend.database.rows(
                "SELECT provider_message_id FROM stipend.alert_deliveries ORDER BY created_at, 1"))
        .containsExactlyInAnyOrder(
            SlackApi.PLACE + ":" + FIRST, SlackApi.PLACE + ":" + SECOND + "@" + FIRST);
  }

  @Test
  void aRecoveryUpdatesTheOriginalAndGoesToItsThread(Stipend stipend) {
    spend(stipend, "e1", "80");
    SlackApi.postsGet(SlackApi.PLACE, SECOND);
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":1000}");
    stipend.deliverAlerts();

    assertThat(SlackApi.calls(UPDATE)).hasSize(1);
    assertThat(SlackApi.calls(UPDATE).getFirst())
        .containsEntry("channel", SlackApi.PLACE)
        .containsEntry("ts", FIRST);
    assertThat(SlackApi.calls(UPDATE).getFirst().get("blocks")).contains("is back below 80 %");
    assertThat(SlackApi.calls(POST).get(1))
        .containsEntry("thread_ts", FIRST)
        .containsEntry("reply_broadcast", "0");
  }

  @Test
  void aReminderGoesToTheThreadOfTheSameAlert(Stipend stipend) {
    spend(stipend, "e1", "80");
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");
    stipend.api(
        "POST",
        "/api/alerts/" + alert + "/snooze",
        "{\"until\":\"%s\"}".formatted(SettableClock.START.plus(Duration.ofHours(1))));
    stipend.clock.tick(Duration.ofHours(1));
    SlackApi.postsGet(SlackApi.PLACE, SECOND);
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(SlackApi.calls(POST).get(1)).containsEntry("thread_ts", FIRST);
    assertThat(stipend.database.value("SELECT provider_message_id FROM stipend.alert_deliveries"))
        .as("the alert is known by its first message")
        .isEqualTo(SlackApi.PLACE + ":" + FIRST);
  }

  @Test
  void anotherPeriodStartsAnotherThread(Stipend stipend) {
    spend(stipend, "e1", "80");
    stipend.clock.set(SettableClock.START.plus(Duration.ofDays(31)));
    stipend.record(Usage.costing("e2", stipend.clock.instant(), "80"));
    stipend.deliverAlerts();

    assertThat(SlackApi.calls(POST)).hasSize(2).noneMatch(call -> call.containsKey("thread_ts"));
  }

  @Test
  void whereTheThreadIsGoneAMessageStandsForItself(Stipend stipend) {
    spend(stipend, "e1", "80");
    SlackApi.answer(POST, "{\"ok\":false,\"error\":\"thread_not_found\"}");
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/slack-api/" + POST))
            .withRequestBody(notContaining("thread_ts"))
            .willReturn(
                aResponse().withBody("{\"ok\":true,\"channel\":\"C0TEAM\",\"ts\":\"9.9\"}")));
    spend(stipend, "e2", "20");

    assertThat(SlackApi.calls(POST)).hasSize(3);
    assertThat(stipend.database.rows(DELIVERY)).containsExactly("sent|null", "sent|null");
  }

  @Test
  void aMemberIsToldDirectly(Stipend stipend) {
    SlackApi.postsGet("D0ANA", FIRST);
    String owner = SlackApi.channel(stipend, "Ana", "U0ANA");
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"channels\":[\"" + owner + "\"]}");
    spend(stipend, "e1", "80");
    spend(stipend, "e2", "20");

    assertThat(SlackApi.calls(POST).get(0)).containsEntry("channel", "U0ANA");
    assertThat(SlackApi.calls(POST).get(1))
        .containsEntry("channel", "U0ANA")
        .containsEntry("thread_ts", FIRST);
  }
}
