package dev.stipend.notification.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Sent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.notification.SampleAlert;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailOverSesTest extends SesMails {
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
                matchingJsonPath(
                    "$.Destination.ToAddresses[0]",
                    equalTo("=?UTF-8?Q?=C3=93pera?= <ops@example.com>")))
            .withRequestBody(matchingJsonPath("$.Destination.ToAddresses[1]", absent()))
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
            "{\"Name\":\"List-Unsubscribe\",\"Value\":\"<https://api.example.com/unsubscribe/",
            "{\"Name\":\"List-Unsubscribe-Post\",\"Value\":\"List-Unsubscribe=One-Click\"}")
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
