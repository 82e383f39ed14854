package dev.stipend.notification.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.support.Golden;
import dev.stipend.support.notification.MapSecrets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files to look at, in the folder `golden`: what goes to Slack of each type of alert, in each
/// language.
class SlackPreviewsTest {
  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @ParameterizedTest
  @MethodSource("dev.stipend.support.notification.SampleAlerts#inEachLanguage")
  void messageLooksAsAgreed(String name, AlertSnapshot alert, String tag) throws Exception {
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
            OwnSecrets.of(new MapSecrets().with("SLACK_WEBHOOK_URL", SLACK.url("/hook"))),
            () -> SlackClient.slack(Duration.ofSeconds(5), "https://slack.example.com/api"),
            Duration.ZERO);
    assertThat(notifier.send(channel, alert)).isInstanceOf(SendOutcome.Sent.class);
    String sent = SLACK.findAll(postRequestedFor(anyUrl())).getFirst().getBodyAsString();
    Golden.assertMatches("slack-" + name + "-" + tag + ".json", Json.prettyPrint(sent) + "\n");
  }
}
