package dev.stipend.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.stipend.email.Notifiers.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import dev.stipend.notify.SendOutcome;
import dev.stipend.notify.SendOutcome.Failed;
import dev.stipend.notify.SendOutcome.Retry;
import dev.stipend.notify.SendOutcome.Sent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.ClosedPort;
import dev.stipend.support.MapSecrets;
import dev.stipend.support.SampleAlert;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class EmailOverSesTest {
  private static final String PATH = "/v2/email/outbound-emails";
  private static final Duration LONG = Duration.ofSeconds(5);

  @RegisterExtension
  static final WireMockExtension SES =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  private final MapSecrets secrets = new MapSecrets();

  @BeforeEach
  void set() {
    secrets
        .with("SES_FROM_IDENTITY", "example.com")
        .with("SENDGRID_API_KEY", "SG.not-to-be-used")
        .with("SMTP_URL", "smtp://not-to-be-used.invalid")
        .with("ALERT_FROM_EMAIL", "Stipend <alerts@example.com>");
  }

  private SendOutcome send(String endpoint, Duration timeout, SampleAlert alert) {
    try (SesV2Client client =
        SesClientFactory.client(timeout)
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create(endpoint))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDEXAMPLE", "s3cr3tAccessKey")))
            .build()) {
      return new EmailNotifier(
              secrets,
              new SesSender(secrets, () -> client),
              new SendGridSender(
                  secrets,
                  (authorization, mail) -> {
                    throw new AssertionError("SendGrid is not to be used");
                  }),
              new SmtpSender(new SmtpSession(secrets, timeout)))
          .send(
              channel(Map.of("to", "team@example.com, Ópera <ops@example.com>")), alert.snapshot());
    }
  }

  private SendOutcome send() {
    return send("http://localhost:" + SES.getPort(), LONG, SampleAlert.warning());
  }

  private static void answer(ResponseDefinitionBuilder response) {
    SES.stubFor(post(urlEqualTo(PATH)).willReturn(response));
  }

  private static void refuse(int status, String code, String message) {
    answer(
        aResponse()
            .withStatus(status)
            .withHeader("x-amzn-ErrorType", code)
            .withBody("{\"message\":\"" + message + "\"}"));
  }

  private static void accept() {
    answer(aResponse().withStatus(200).withBody("{\"MessageId\":\"0102018f-ses\"}"));
  }

  private static RequestPatternBuilder mail() {
    return postRequestedFor(urlEqualTo(PATH));
  }

  private static String simple(String path) {
    return "$.Content.Simple." + path;
  }

  @Test
  void acceptedMailIsSentWithTheIdOfSes() {
    accept();
    assertThat(send()).isEqualTo(new Sent(Optional.of("0102018f-ses")));
    SES.verify(
        1,
        mail()
            .withHeader("Authorization", containing("/ses/aws4_request"))
            .withRequestBody(
                matchingJsonPath("$.FromEmailAddress", equalTo("Stipend <alerts@example.com>")))
            .withRequestBody(matchingJsonPath("$.FromEmailAddressIdentityArn", absent()))
            .withRequestBody(
                matchingJsonPath("$.Destination.ToAddresses[0]", equalTo("team@example.com")))
            .withRequestBody(
                matchingJsonPath(
                    "$.Destination.ToAddresses[1]",
                    equalTo("=?UTF-8?Q?=C3=93pera?= <ops@example.com>")))
            .withRequestBody(
                matchingJsonPath(
                    simple("Subject.Data"),
                    equalTo("[warning] Budget \"Research\" is at 80 % of $1.00")))
            .withRequestBody(
                matchingJsonPath(simple("Body.Text.Data"), containing("$0.80 of $1.00")))
            .withRequestBody(
                matchingJsonPath(simple("Body.Html.Data"), containing("cid:burn-down@stipend")))
            .withRequestBody(
                matchingJsonPath(simple("Attachments[0].ContentId"), equalTo("burn-down@stipend")))
            .withRequestBody(
                matchingJsonPath(simple("Attachments[0].ContentDisposition"), equalTo("INLINE")))
            .withRequestBody(
                matchingJsonPath(simple("Attachments[0].RawContent"), matching("iVBOR.{99,}"))));
    assertThat(SES.findAll(mail()).getFirst().getBodyAsString())
        .contains(
            "{\"Name\":\"References\",\"Value\":"
                + "\"<budget.0199f6a0-0000-7000-8000-000000000002@example.com>\"}",
            "{\"Name\":\"List-Unsubscribe\",\"Value\":\"<mailto:alerts@example.com")
        // SES refuses a mail that brings one.
        .doesNotContain("Message-ID");
  }

  @Test
  void identityOfAnotherAccountIsNamedByItsArn() {
    accept();
    String arn = "arn:aws:ses:eu-west-1:111122223333:identity/example.com";
    secrets.with("SES_FROM_IDENTITY", arn);
    assertThat(send()).isInstanceOf(Sent.class);
    SES.verify(
        1, mail().withRequestBody(matchingJsonPath("$.FromEmailAddressIdentityArn", equalTo(arn))));
  }

  @Test
  void identityThatIsAnAddressIsTheSenderWhereNoOtherIsNamed() {
    accept();
    secrets.with("SES_FROM_IDENTITY", "budgets@example.com").with("ALERT_FROM_EMAIL", "");
    assertThat(send()).isInstanceOf(Sent.class);
    SES.verify(
        1,
        mail()
            .withRequestBody(
                matchingJsonPath("$.FromEmailAddress", equalTo("budgets@example.com"))));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, alerts@example.com, true",
    "Example.com, Alerts@EXAMPLE.com, true",
    "example.com, alerts@mail.example.com, true",
    "example.com, alerts@badexample.com, false",
    "mail.example.com, alerts@example.com, false",
    "alerts@example.com, alerts@example.com, true",
    "alerts@example.com, other@example.com, false",
    "arn:aws:ses:eu-west-1:111122223333:identity/example.com, alerts@example.com, true"
  })
  void senderMustBeOfTheIdentity(String identity, String from, boolean isOk) {
    accept();
    secrets.with("SES_FROM_IDENTITY", identity).with("ALERT_FROM_EMAIL", from);
    SendOutcome outcome = send();
    if (isOk) {
      assertThat(outcome).isInstanceOf(Sent.class);
    } else {
      assertThat(outcome)
          .isEqualTo(new Failed("ALERT_FROM_EMAIL is not an address of SES_FROM_IDENTITY"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, MessageRejected, Email address is not verified.",
    "400, MailFromDomainNotVerifiedException, not verified",
    "400, AccountSuspendedException, suspended",
    "400, BadRequestException, Illegal address",
    "404, NotFoundException, no such configuration",
    "301, SomethingElse, moved",
    "410, SomethingElse, gone"
  })
  void refusalThatCannotHealIsFinalAndQuoted(int status, String code, String message) {
    refuse(status, code, message);
    assertThat(send())
        .isEqualTo(new Failed("SES answered %d %s: %s".formatted(status, code, message)));
  }

  @Test
  void missingPermissionIsFinalAndNamed() {
    refuse(403, "AccessDeniedException", "User is not authorized");
    assertThat(send())
        .isEqualTo(
            new Failed(
                "SES answered 403 AccessDeniedException: User is not authorized"
                    + " (the function needs ses:SendEmail on the identity)"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException",
    "400, LimitExceededException",
    "400, SendingPausedException",
    "400, ThrottlingException",
    "403, ExpiredTokenException",
    "408, RequestTimeout",
    "500, InternalServiceErrorException",
    "503, ServiceUnavailable"
  })
  void refusalThatMayPassIsTriedAgainButNotByTheClient(int status, String code) {
    refuse(status, code, "later");
    assertThat(send())
        .isEqualTo(
            new Retry("SES answered %d %s: later".formatted(status, code), Optional.empty()));
    SES.verify(1, mail());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "CONNECTION_RESET_BY_PEER",
        "EMPTY_RESPONSE",
        "RANDOM_DATA_THEN_CLOSE",
        "MALFORMED_RESPONSE_CHUNK"
      })
  void brokenConnectionIsTriedAgain(Fault fault) {
    answer(aResponse().withFault(fault));
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void refusedConnectionIsTriedAgain() {
    assertThat(send("http://localhost:" + ClosedPort.find(), LONG, SampleAlert.warning()))
        .isEqualTo(
            new Retry("SES could not be reached: the connection was refused", Optional.empty()));
  }

  @Test
  void answerThatDoesNotComeIsTriedAgain() {
    answer(aResponse().withStatus(200).withFixedDelay(30_000));
    assertThat(
            send(
                "http://localhost:" + SES.getPort(), Duration.ofMillis(500), SampleAlert.warning()))
        .isEqualTo(
            new Retry("SES could not be reached: it did not answer in time", Optional.empty()));
  }

  @Test
  void certificateThatNobodyTrustsIsTriedAgain() {
    accept();
    assertThat(send("https://localhost:" + SES.getHttpsPort(), LONG, SampleAlert.warning()))
        .isEqualTo(
            new Retry(
                "SES could not be reached: no secure connection could be made", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\nBcc: eve@example.com", "x\nX-Evil: 1"})
  void nameWithHeadersInItAddsNone(String name) {
    accept();
    assertThat(send("http://localhost:" + SES.getPort(), LONG, SampleAlert.warning().named(name)))
        .isInstanceOf(Sent.class);
    SES.verify(
        1,
        mail()
            .withRequestBody(
                matchingJsonPath(simple("Subject.Data"), matching("[^\\r\\n]+ is at 80 .*")))
            .withRequestBody(matchingJsonPath("$.Destination.BccAddresses", absent())));
  }

  @Test
  void credentialsAreInNoReasonLogOrMail() {
    try (CapturedLog log = CapturedLog.start()) {
      StringBuilder reasons = new StringBuilder();
      refuse(403, "InvalidSignatureException", "no");
      reasons.append(send());
      answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
      reasons.append(send());
      accept();
      reasons.append(send());
      String mails =
          SES.getAllServeEvents().stream()
              .map(event -> event.getRequest().getBodyAsString())
              .toList()
              .toString();
      assertThat(reasons + mails + log.text("dev.stipend", "software.amazon"))
          .contains("SES answered 403")
          .doesNotContain("s3cr3tAccessKey", "SG.not-to-be-used");
    }
  }
}
