package dev.stipend.notification.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.slack.api.Slack;
import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Retry;
import dev.stipend.notification.send.SendOutcome.Sent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackWebhookNotifierTest {
  private static final String PATH = "/services/T0SECRET1/B0SECRET2/s3cr3tToken";

  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  private final MapSecrets secrets = new MapSecrets();
  private SlackWebhookNotifier notifier;

  @BeforeEach
  void start() {
    secrets.with("SLACK_WEBHOOK_URL", address());
    notifier = notifier(Duration.ofSeconds(5));
  }

  private SlackWebhookNotifier notifier(Duration timeout) {
    Slack slack = SlackClient.slack(timeout, "https://slack.example.com/api");
    return new SlackWebhookNotifier(OwnSecrets.of(secrets), () -> slack, Duration.ZERO);
  }

  private static String address() {
    return "http://localhost:" + SLACK.getPort() + PATH;
  }

  private static Channel channel(Map<String, String> config) {
    return new Channel(
        new UUID(0, 1), new UUID(0, 2), ChannelKind.SLACK_WEBHOOK, "team", config, Severity.INFO);
  }

  private SendOutcome send() {
    return notifier.send(channel(Map.of()), SampleAlert.warning().snapshot());
  }

  private static void answer(ResponseDefinitionBuilder response) {
    SLACK.stubFor(post(urlEqualTo(PATH)).willReturn(response));
  }

  private static void answer(int status, String body) {
    answer(aResponse().withStatus(status).withBody(body));
  }

  @Test
  void okIsSentAndCarriesBlocksAndText() {
    answer(200, "ok");
    assertThat(send()).isEqualTo(new Sent(Optional.empty()));
    SLACK.verify(
        1,
        postRequestedFor(urlEqualTo(PATH))
            .withHeader("Content-Type", containing("application/json"))
            .withRequestBody(matchingJsonPath("$.blocks[0].type", equalTo("header")))
            .withRequestBody(matchingJsonPath("$.text")));
  }

  @Test
  void channelMayNameAnotherSecret() {
    answer(200, "ok");
    secrets.with("FINANCE_WEBHOOK", address()).with("SLACK_WEBHOOK_URL", "nothing");
    assertThat(
            notifier.send(
                channel(Map.of("urlSecret", "FINANCE_WEBHOOK")), SampleAlert.warning().snapshot()))
        .isInstanceOf(Sent.class);
  }

  @Test
  void anotherBodyThanOkIsAFailureThatQuotesIt() {
    answer(200, "<html>\nLog in first" + "x".repeat(5000));
    assertThat(send())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason())
                    .startsWith("Slack answered 200 (<html> Log in firstxxx")
                    .endsWith("…) for the webhook of SLACK_WEBHOOK_URL")
                    .hasSizeLessThan(300));
  }

  static Stream<Arguments> finalAnswers() {
    return Stream.of(
        Arguments.of(201, "ok"),
        Arguments.of(204, ""),
        Arguments.of(400, "invalid_blocks"),
        Arguments.of(401, ""),
        Arguments.of(403, "invalid_token"),
        Arguments.of(404, "no_service"),
        Arguments.of(410, "channel_is_archived"),
        Arguments.of(413, "too big"));
  }

  @ParameterizedTest
  @MethodSource("finalAnswers")
  void answerThatCannotHealIsFinal(int status, String body) {
    answer(status, body);
    String quoted = body.isEmpty() ? "" : " (" + body + ")";
    assertThat(send())
        .isEqualTo(
            new Failed(
                "Slack answered " + status + quoted + " for the webhook of SLACK_WEBHOOK_URL"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowed(int status) {
    answer(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
    assertThat(send()).isInstanceOf(Failed.class);
    SLACK.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
  void answerThatMayPassIsTriedAgain(int status) {
    answer(status, "busy");
    assertThat(send())
        .isEqualTo(
            new Retry(
                "Slack answered " + status + " (busy) for the webhook of SLACK_WEBHOOK_URL",
                Optional.empty()));
  }

  @Test
  void retryAfterInSecondsIsPassedOn() {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "30"));
    assertThat(send())
        .isInstanceOfSatisfying(
            Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofSeconds(30)));
  }

  @Test
  void retryAfterAsDateIsPassedOn() {
    answer(
        aResponse()
            .withStatus(429)
            .withHeader("Date", "Fri, 20 Nov 2026 14:00:00 GMT")
            .withHeader("Retry-After", "Fri, 20 Nov 2026 14:01:30 GMT"));
    assertThat(send())
        .isInstanceOfSatisfying(
            Retry.class, retry -> assertThat(retry.after()).contains(Duration.ofSeconds(90)));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void brokenConnectionIsTriedAgain(Fault fault) {
    answer(aResponse().withFault(fault));
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void refusedConnectionIsTriedAgain() {
    secrets.with("SLACK_WEBHOOK_URL", "http://localhost:" + ClosedPort.find() + PATH);
    assertThat(send())
        .isEqualTo(
            new Retry("Slack could not be reached: the connection was refused", Optional.empty()));
  }

  @Test
  void answerThatDoesNotComeIsTriedAgain() {
    answer(aResponse().withStatus(200).withBody("ok").withFixedDelay(10_000));
    SlackWebhookNotifier hasty = notifier(Duration.ofMillis(200));
    assertThat(hasty.send(channel(Map.of()), SampleAlert.warning().snapshot()))
        .isEqualTo(
            new Retry("Slack could not be reached: it did not answer in time", Optional.empty()));
  }

  @Test
  void untrustedCertificateIsTriedAgain() {
    secrets.with(
        "SLACK_WEBHOOK_URL", "https://localhost:" + SLACK.getRuntimeInfo().getHttpsPort() + PATH);
    assertThat(send())
        .isEqualTo(
            new Retry(
                "Slack could not be reached: no secure connection could be made",
                Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cr3tToken", "https://s3cr3tToken Bad", "ftp://s3cr3tToken/x"})
  void malformedAddressIsFinalAndNamesTheVariable(String value) {
    secrets.with("SLACK_WEBHOOK_URL", value);
    assertThat(send()).isEqualTo(new Failed("SLACK_WEBHOOK_URL is not a web address"));
  }

  @Test
  void missingSecretIsFinalAndNamesTheVariable() {
    assertThat(
            notifier.send(
                channel(Map.of("urlSecret", "OTHER_URL")), SampleAlert.warning().snapshot()))
        .isEqualTo(new Failed("OTHER_URL is not set"));
    secrets.with("SLACK_WEBHOOK_URL", "  ");
    assertThat(send()).isEqualTo(new Failed("SLACK_WEBHOOK_URL is not set"));
  }

  @Test
  void isConfiguredWhenTheEnvironmentHoldsAnAddress() {
    assertThat(notifier.isConfigured()).isTrue();
    secrets.without("SLACK_WEBHOOK_URL");
    assertThat(notifier.isConfigured()).isFalse();
  }

  @Test
  void addressIsInNoReasonAndNoLog() {
    try (CapturedLog log = CapturedLog.start()) {
      StringBuilder reasons = new StringBuilder();
      answer(404, "no webhook at " + address() + " or S3CR3TTOKEN");
      reasons.append(send());
      answer(500, PATH);
      reasons.append(send());
      answer(200, "ok");
      reasons.append(send());
      answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
      reasons.append(send());
      secrets.with("SLACK_WEBHOOK_URL", "http://localhost:" + ClosedPort.find() + PATH);
      reasons.append(send());
      secrets.with("SLACK_WEBHOOK_URL", "http://bad host" + PATH);
      reasons.append(send());
      assertThat(reasons + log.text("dev.stipend", "com.slack", "okhttp3"))
          .contains("Slack answered 404 (no webhook at", "is not a web address")
          .doesNotContainIgnoringCase("T0SECRET1", "B0SECRET2", "s3cr3tToken");
    }
  }
}
