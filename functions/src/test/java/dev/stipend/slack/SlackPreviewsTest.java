package dev.stipend.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stipend.budget.Severity;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelKind;
import dev.stipend.notify.SendOutcome;
import dev.stipend.support.Golden;
import dev.stipend.support.MapSecrets;
import dev.stipend.support.SampleAlert;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files to look at, in the folder `golden`: what goes to Slack of each type of alert, in each
/// language.
class SlackPreviewsTest {
  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  static Stream<Arguments> alerts() {
    return Stream.of(
            Map.entry("warning", SampleAlert.warning()),
            Map.entry("exceeded", SampleAlert.exceeded()),
            Map.entry("forecast", SampleAlert.approaching()),
            Map.entry("unusual", SampleAlert.unusual()),
            Map.entry("unpriced", SampleAlert.unpriced()),
            Map.entry("restated", SampleAlert.restated()),
            Map.entry("stale", SampleAlert.stale()),
            Map.entry("recovered", SampleAlert.recovered()),
            Map.entry("test", SampleAlert.test()))
        .flatMap(
            alert ->
                Stream.of("en", "es")
                    .map(tag -> Arguments.of(alert.getKey(), alert.getValue(), tag)));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void messageLooksAsAgreed(String name, SampleAlert alert, String tag) throws Exception {
    SLACK.stubFor(post(anyUrl()).willReturn(ok("ok")));
    Channel channel =
        new Channel(
            new UUID(0, 1),
            new UUID(0, 2),
            ChannelKind.SLACK_WEBHOOK,
            "team",
            Map.of("locale", tag),
            Severity.INFO);
    SlackWebhookNotifier notifier =
        new SlackWebhookNotifier(
            new MapSecrets().with("SLACK_WEBHOOK_URL", SLACK.url("/hook")),
            SlackClient.slack(Duration.ofSeconds(5), "https://slack.example.com/api"),
            Duration.ZERO);
    assertThat(notifier.send(channel, alert.snapshot())).isInstanceOf(SendOutcome.Sent.class);
    String sent = SLACK.findAll(postRequestedFor(anyUrl())).getFirst().getBodyAsString();
    Golden.assertMatches("slack-" + name + "-" + tag + ".json", Json.prettyPrint(sent) + "\n");
  }
}
