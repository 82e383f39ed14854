package dev.stipend.notification.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.stipend.notification.email.Notifiers.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Retry;
import dev.stipend.notification.send.SendOutcome.Sent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class EmailOverSendGridTest {
  private static final String KEY = "SG.s3cr3tKey";
  private static final String PATH = "/v3/mail/send";

  @RegisterExtension
  static final WireMockExtension SENDGRID =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  private final MapSecrets secrets = new MapSecrets();
  private ApplicationContext context;
  private EmailNotifier notifier;

  @BeforeAll
  void start() {
    context = context("http://localhost:" + SENDGRID.getPort(), "5s");
    notifier = notifier(context);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @BeforeEach
  void set() {
    secrets
        .with("SENDGRID_API_KEY", KEY)
        .with("SMTP_URL", "smtp://not-to-be-used.invalid")
        .with("ALERT_FROM_EMAIL", "Stipend <alerts@example.com>");
  }

  private static ApplicationContext context(String url, String timeout) {
    return ApplicationContext.builder(Map.of("sendgrid.url", url, "sendgrid.read-timeout", timeout))
        .deduceEnvironment(false)
        .eagerInitSingletons(false)
        .start();
  }

  private EmailNotifier notifier(ApplicationContext from) {
    return Notifiers.of(
        secrets,
        Notifiers.noSes(secrets),
        new SendGridSender(secrets, from.getBean(SendGridClient.class)),
        new SmtpSender(new SmtpSession(secrets, Duration.ofSeconds(1))),
        OwnSecrets.links("https://api.example.com"));
  }

  private SendOutcome send() {
    return notifier.send(
        channel(Map.of("to", "Ops <ops@example.com>")), SampleAlert.warning().snapshot());
  }

  private static void answer(ResponseDefinitionBuilder response) {
    SENDGRID.stubFor(post(urlEqualTo(PATH)).willReturn(response));
  }

  private static void answer(int status, String body) {
    answer(aResponse().withStatus(status).withBody(body));
  }

  @Test
  void acceptedMailIsSentWithSendGridsId() {
    answer(aResponse().withStatus(202).withHeader("X-Message-Id", "abc.123"));
    assertThat(send()).isEqualTo(new Sent(Optional.of("abc.123")));
    SENDGRID.verify(
        1,
        postRequestedFor(urlEqualTo(PATH))
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(
                matchingJsonPath("$.personalizations[0].to[0].email", equalTo("ops@example.com")))
            .withRequestBody(matchingJsonPath("$.personalizations[0].to[0].name", equalTo("Ops")))
            .withRequestBody(matchingJsonPath("$.from.email", equalTo("alerts@example.com")))
            .withRequestBody(matchingJsonPath("$.from.name", equalTo("Stipend")))
            .withRequestBody(
                matchingJsonPath(
                    "$.subject", equalTo("[warning] Budget \"Research\" is at 80 % of $1.00")))
            .withRequestBody(matchingJsonPath("$.content[0].type", equalTo("text/plain")))
            .withRequestBody(matchingJsonPath("$.content[1].type", equalTo("text/html")))
            .withRequestBody(
                matchingJsonPath("$.content[1].value", containing("cid:burn-down@stipend")))
            .withRequestBody(
                matchingJsonPath("$.attachments[0].content_id", equalTo("burn-down@stipend")))
            .withRequestBody(matchingJsonPath("$.attachments[0].type", equalTo("image/png")))
            .withRequestBody(matchingJsonPath("$.attachments[0].disposition", equalTo("inline")))
            .withRequestBody(matchingJsonPath("$.attachments[0].content", matching("iVBOR.{99,}")))
            .withRequestBody(
                matchingJsonPath(
                    "$.headers['List-Unsubscribe']",
                    matching("<https://api.example.com/unsubscribe/[\\w-]{86}>")))
            .withRequestBody(
                matchingJsonPath(
                    "$.headers['List-Unsubscribe-Post']", equalTo("List-Unsubscribe=One-Click")))
            .withRequestBody(
                matchingJsonPath(
                    "$.headers['Message-ID']",
                    equalTo("<0199f6a0-0000-7000-8000-000000000001.raised@example.com>")))
            .withRequestBody(
                matchingJsonPath(
                    "$.headers['References']",
                    equalTo("<budget.0199f6a0-0000-7000-8000-000000000002@example.com>"))));
  }

  @Test
  void acceptedMailWithoutIdIsSentToo() {
    answer(202, "");
    assertThat(send()).isEqualTo(new Sent(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 404, 405, 410, 413, 415})
  void otherAnswersAreFinalAndQuoted(int status) {
    answer(status, "{\"errors\":[{\"message\":\"bad\\u0020thing\"}]}");
    assertThat(send())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason()).startsWith("SendGrid answered " + status + ": {\"err"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusedKeyIsFinalAndNamesTheVariable(int status) {
    answer(status, "no");
    assertThat(send())
        .isEqualTo(new Failed("SendGrid answered " + status + ": no (check SENDGRID_API_KEY)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
  void answerThatMayPassIsTriedAgain(int status) {
    answer(status, "busy");
    assertThat(send())
        .isEqualTo(new Retry("SendGrid answered " + status + ": busy", Optional.empty()));
  }

  @Test
  void rateLimitResetIsPassedOn() {
    answer(
        aResponse()
            .withStatus(429)
            .withHeader("Date", "Fri, 20 Nov 2026 14:00:00 GMT")
            .withHeader("X-RateLimit-Reset", "1795183230"));
    assertThat(send())
        .isEqualTo(new Retry("SendGrid answered 429", Optional.of(Duration.ofSeconds(30))));
  }

  @Test
  void retryAfterIsPassedOn() {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "7"));
    assertThat(send())
        .isEqualTo(new Retry("SendGrid answered 429", Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void brokenConnectionIsTriedAgain(Fault fault) {
    answer(aResponse().withFault(fault));
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void refusedConnectionIsTriedAgain() {
    try (ApplicationContext elsewhere = context("http://localhost:" + ClosedPort.find(), "5s")) {
      assertThat(notifier(elsewhere).send(channel(Map.of()), SampleAlert.warning().snapshot()))
          .isEqualTo(
              new Retry(
                  "SendGrid could not be reached: the connection was refused", Optional.empty()));
    }
  }

  @Test
  void bodyThatBreaksOffIsTriedAgain() {
    answer(aResponse().withStatus(400).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void certificateThatNobodyTrustsIsTriedAgain() {
    answer(202, "");
    try (ApplicationContext secure =
        context("https://localhost:" + SENDGRID.getHttpsPort(), "5s")) {
      assertThat(notifier(secure).send(channel(Map.of()), SampleAlert.warning().snapshot()))
          .isEqualTo(
              new Retry(
                  "SendGrid could not be reached: no secure connection could be made",
                  Optional.empty()));
    }
  }

  @Test
  void answerThatDoesNotComeIsTriedAgain() {
    answer(aResponse().withStatus(202).withFixedDelay(10_000));
    try (ApplicationContext hasty = context("http://localhost:" + SENDGRID.getPort(), "200ms")) {
      assertThat(notifier(hasty).send(channel(Map.of()), SampleAlert.warning().snapshot()))
          .isEqualTo(
              new Retry(
                  "SendGrid could not be reached: it did not answer in time", Optional.empty()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SG.s3cr3t Key", "SG.s3cr3t\nX: y", "SG.s3cr3té"})
  void malformedKeyIsFinalAndNotTold(String key) {
    secrets.with("SENDGRID_API_KEY", key);
    assertThat(send()).isEqualTo(new Failed("SENDGRID_API_KEY is not a key"));
  }

  @Test
  void spaceAroundTheKeyIsNoMatter() {
    secrets.with("SENDGRID_API_KEY", " " + KEY + "\n");
    answer(202, "");
    assertThat(send()).isInstanceOf(Sent.class);
  }

  @Test
  void keyIsInNoReasonAndNoLog() {
    try (CapturedLog log = CapturedLog.start()) {
      StringBuilder reasons = new StringBuilder();
      answer(401, "{\"errors\":[{\"message\":\"bad key Bearer " + KEY + "\"}]}");
      reasons.append(send());
      answer(500, KEY);
      reasons.append(send());
      answer(202, "");
      reasons.append(send());
      answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
      reasons.append(send());
      assertThat(reasons + log.text("dev.stipend", "io.micronaut", "jdk."))
          .contains("SendGrid answered 401", "bad key Bearer ***")
          .doesNotContain("s3cr3tKey");
    }
  }
}
