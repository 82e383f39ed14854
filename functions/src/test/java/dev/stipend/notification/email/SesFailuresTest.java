package dev.stipend.notification.email;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Retry;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.notification.SampleAlert;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Refusals of SES and connections that fail, and what comes of each.
class SesFailuresTest extends SesMails {
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
}
