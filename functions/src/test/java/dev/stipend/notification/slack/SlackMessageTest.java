package dev.stipend.notification.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.support.Golden;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlackMessageTest {
  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  /// What goes over the wire, as JSON.
  private static String json(SampleAlert alert) throws Exception {
    SLACK.resetRequests();
    SLACK.stubFor(post(urlEqualTo("/hook")).willReturn(ok("ok")));
    MapSecrets secrets = new MapSecrets().with("SLACK_WEBHOOK_URL", SLACK.url("/hook"));
    SlackWebhookNotifier notifier =
        new SlackWebhookNotifier(
            OwnSecrets.of(secrets),
            () -> SlackClient.slack(Duration.ofSeconds(5), "https://slack.example.com/api"),
            Duration.ZERO);
    Channel channel =
        new Channel(
            new UUID(0, 1),
            new UUID(0, 2),
            ChannelKind.SLACK_WEBHOOK,
            "team",
            Map.of(),
            Severity.INFO);
    notifier.send(channel, alert.snapshot());
    return Json.prettyPrint(
            SLACK.findAll(postRequestedFor(urlEqualTo("/hook"))).getFirst().getBodyAsString())
        + "\n";
  }

  private static SampleAlert nasty() {
    return SampleAlert.warning()
        .named("<!channel> *bold* `code` ~gone~ & <https://evil.example.com|click>\n@here")
        .of("user", "*", "@everyone <@U123>")
        .because("a < b & c > d *e*\nf")
        .from(SampleAlert.contributor("agent", "*x*\n• fake: $9.00", "0.80", "100.0"));
  }

  @Test
  void warningLooksAsAgreed() throws Exception {
    Golden.assertMatches("slack-warning.json", json(SampleAlert.warning()));
  }

  @Test
  void exceededHardLimitLooksAsAgreed() throws Exception {
    Golden.assertMatches("slack-exceeded.json", json(SampleAlert.exceeded()));
  }

  @Test
  void forecastLooksAsAgreed() throws Exception {
    Golden.assertMatches("slack-forecast.json", json(SampleAlert.approaching()));
  }

  @Test
  void unusualHourLooksAsAgreed() throws Exception {
    Golden.assertMatches("slack-unusual.json", json(SampleAlert.unusual()));
  }

  @Test
  void recoveryLooksAsAgreed() throws Exception {
    Golden.assertMatches("slack-recovered.json", json(SampleAlert.recovered()));
  }

  @Test
  void namesThatTryToFormatOrMentionLookAsAgreed() throws Exception {
    Golden.assertMatches("slack-nasty-names.json", json(nasty()));
  }

  @Test
  void namesCannotFormatMentionOrLink() {
    String text = SlackMessage.of(new AlertMessage(nasty().snapshot())).text();
    assertThat(text).doesNotContain("<", ">", "*", "`", "~", "@here", "@everyone", "\n");
  }

  @Test
  void everythingStaysWithinSlacksLimits() {
    Contributor[] many =
        Collections.nCopies(9, SampleAlert.contributor("agent", "a&".repeat(3000), "0.80", "100.0"))
            .toArray(Contributor[]::new);
    SampleAlert endless =
        SampleAlert.exceeded()
            .named("n&".repeat(5000))
            .of("user", "*", "s<".repeat(5000))
            .because("r>".repeat(5000))
            .from(many)
            .linked("https://example.com/" + "x".repeat(5000));
    SlackMessage message = SlackMessage.of(new AlertMessage(endless.snapshot()));
    assertThat(message.text()).hasSizeLessThanOrEqualTo(3000);
    for (LayoutBlock block : message.blocks()) {
      switch (block) {
        case HeaderBlock header ->
            assertThat(header.getText().getText()).hasSizeLessThanOrEqualTo(150);
        case SectionBlock section when section.getFields() != null ->
            assertThat(section.getFields())
                .hasSizeLessThanOrEqualTo(10)
                .allSatisfy(field -> assertThat(field.getText()).hasSizeLessThanOrEqualTo(2000));
        case SectionBlock section ->
            assertThat(section.getText().getText()).hasSizeLessThanOrEqualTo(3000);
        case ContextBlock context -> assertThat(context.getElements()).hasSizeLessThanOrEqualTo(10);
        default -> throw new AssertionError("a link of that length makes no button: " + block);
      }
    }
  }

  @Test
  void withoutLinkThereIsNoButton() throws Exception {
    assertThat(json(SampleAlert.warning().linked(null))).doesNotContain("actions");
  }
}
