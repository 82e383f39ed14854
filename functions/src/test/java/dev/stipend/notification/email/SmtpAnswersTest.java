package dev.stipend.notification.email;

import static dev.stipend.notification.email.Notifiers.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.stipend.notification.channel.Channel;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpAnswersTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ScriptedMailServer server = new ScriptedMailServer();
  private final MapSecrets secrets =
      new MapSecrets().with("ALERT_FROM_EMAIL", "alerts@example.com");

  @BeforeEach
  void point() {
    secrets.with("SMTP_URL", "smtp://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private SendOutcome send() {
    return send(Map.of("to", "good@example.com"));
  }

  private SendOutcome send(Map<String, String> config) {
    return Notifiers.overSmtp(secrets, SHORT)
        .send(channel(config), SampleAlert.warning().snapshot());
  }

  @Test
  void acceptedMailIsSent() {
    assertThat(send()).isInstanceOf(Sent.class);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 sender refused",
    "RCPT, 550 5.1.1 no such user",
    "RCPT, 553 not allowed",
    "DATA, 554 no",
    "., 552 5.3.4 too big"
  })
  void fiveHundredsAreFinal(String line, String answer) {
    server.answering(line, answer);
    assertThat(send()).isEqualTo(new Failed("The mail server answered \"" + answer + "\""));
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451 4.7.1 try later",
    "RCPT, 450 4.2.1 greylisted",
    "RCPT, 452 too many",
    "DATA, 421 4.3.2 going down",
    "., 451 4.3.0 no space"
  })
  void fourHundredsAreTriedAgain(String line, String answer) {
    server.answering(line, answer);
    assertThat(send())
        .isEqualTo(new Retry("The mail server answered \"" + answer + "\"", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 busy", "554 not now"})
  void serverThatTakesNoConnectionIsTriedAgain(String greeting) {
    server.answering(ScriptedMailServer.GREETING, greeting);
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "."})
  void brokenConnectionIsTriedAgain(String line) {
    server.answering(line, ScriptedMailServer.HANG_UP);
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EHLO", "MAIL", "."})
  void answerThatDoesNotComeIsTriedAgain(String line) {
    server.answering(line, ScriptedMailServer.SILENCE);
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void refusedConnectionIsTriedAgain() {
    secrets.with("SMTP_URL", "smtp://127.0.0.1:" + ClosedPort.find());
    assertThat(send())
        .isEqualTo(
            new Retry(
                "The mail server could not be reached: the connection was refused",
                Optional.empty()));
  }

  @Test
  void serverWithoutTlsIsNotUsedWhereTlsIsRequired() {
    secrets.with("SMTP_URL", "smtp://u:p4ssw0rd@127.0.0.1:" + server.port() + "?starttls=required");
    assertThat(send())
        .isInstanceOfSatisfying(
            Retry.class, retry -> assertThat(retry.reason()).contains("STARTTLS is required"));
  }

  @Test
  void untrustedCertificateIsTriedAgain() {
    GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    secure.start();
    try {
      secrets.with("SMTP_URL", "smtps://127.0.0.1:" + secure.getSmtps().getPort());
      assertThat(send())
          .isEqualTo(
              new Retry(
                  "The mail server could not be reached: no secure connection could be made",
                  Optional.empty()));
    } finally {
      secure.stop();
    }
  }

  @Test
  void oneRefusedRecipientDoesNotKeepTheOthersInTheDark() {
    server.answering("RCPT TO:<bad@", "550 5.1.1 no such user");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(send(Map.of("to", "good@example.com, bad@example.com"))).isInstanceOf(Sent.class);
      assertThat(log.text("dev.stipend.notification.email"))
          .contains("1 of 2 readers of channel", "550 5.1.1 no such user");
    }
    assertThat(server.heard("RCPT TO:<good@")).isEqualTo(1);
  }

  @Test
  void whoeverHasAMailDoesNotGetItAgainWhileOthersAreTriedAgain() {
    server.answering("RCPT TO:<slow@", "450 4.2.1 greylisted");
    EmailNotifier notifier = Notifiers.overSmtp(secrets, SHORT);
    Channel channel = channel(Map.of("to", "slow@example.com, good@example.com, bad@example.com"));
    server.answering("RCPT TO:<bad@", "550 5.1.1 no such user");
    assertThat(notifier.send(channel, SampleAlert.warning().snapshot()))
        .isEqualTo(
            new Retry("The mail server answered \"450 4.2.1 greylisted\"", Optional.empty()));
    assertThat(server.heard("RCPT TO:<good@")).isEqualTo(1);

    server.answering("RCPT TO:<slow@", "250 ok");
    assertThat(notifier.send(channel, SampleAlert.warning().snapshot())).isInstanceOf(Sent.class);

    assertThat(server.heard("RCPT TO:<good@")).isEqualTo(1);
    assertThat(server.heard("RCPT TO:<slow@")).isEqualTo(2);
  }

  @Test
  void whereNobodyIsTakenItHasFailed() {
    server.answering("RCPT", "550 5.1.1 no such user");
    assertThat(send(Map.of("to", "one@example.com, two@example.com")))
        .isEqualTo(new Failed("The mail server answered \"550 5.1.1 no such user\""));
  }

  @Test
  void temporaryFailureToLogInIsTriedAgain() {
    secrets.with("SMTP_URL", "smtp://user:p4ssw0rd@127.0.0.1:" + server.port());
    server
        .answering("EHLO", "250-hello\r\n250 AUTH PLAIN")
        .answering("AUTH", "454 4.7.0 try later");
    assertThat(send())
        .isEqualTo(new Retry("The mail server answered \"454 4.7.0 try later\"", Optional.empty()));
  }

  @Test
  void userAndPasswordAreInNoReasonAndNoLog() {
    String at = "127.0.0.1:" + server.port();
    server
        .answering("EHLO", "250-hello\r\n250 AUTH PLAIN")
        .answering("AUTH", "535 no hiddenUser with p4ss:w0rd or AGhpZGRlblVzZXIAcDRzczp3MHJk");
    try (CapturedLog log = CapturedLog.start()) {
      StringBuilder reasons = new StringBuilder();
      secrets.with("SMTP_URL", "smtp://hiddenUser:p4ss%3Aw0rd@" + at);
      reasons.append(send());
      server.answering("AUTH", "235 welcome").answering("RCPT", "550 hiddenUser may not");
      reasons.append(send());
      server.answering("RCPT", "450 p4ss:w0rd");
      reasons.append(send());
      secrets.with("SMTP_URL", "smtps://hiddenUser:p4ss%3Aw0rd@" + at);
      reasons.append(send());
      secrets.with("SMTP_URL", "smtp://hiddenUser:p4ss%3Aw0rd@127.0.0.1:" + ClosedPort.find());
      reasons.append(send());
      secrets.with("SMTP_URL", "smtp://hiddenUser:p4ss%3Aw0rd@" + at + "?starttls=maybe");
      reasons.append(send());
      secrets.with("SMTP_URL", "smtp://hiddenUser:p4ss%3Aw0%@" + at);
      reasons.append(send());
      assertThat(reasons + log.text("dev.stipend", "io.micronaut.email", "org.eclipse.angus"))
          .contains("answered 535 to the user", "550 *** may not", "450 ***", "is not of the form")
          .doesNotContain("hiddenUser", "p4ss", "w0rd", "AGhpZGRlblVzZXIAcDRzczp3MHJk");
    }
  }
}
