package dev.stipend.notification.email;

import static dev.stipend.notification.email.Notifiers.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Sent;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailOverSmtpTest {
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final MapSecrets secrets = new MapSecrets();
  private final EmailNotifier notifier = Notifiers.overSmtp(secrets, Duration.ofSeconds(5));

  @BeforeEach
  void start() {
    server.start();
    secrets
        .with("SMTP_URL", "smtp://127.0.0.1:" + server.getSmtp().getPort())
        .with("ALERT_FROM_EMAIL", "Stipend <alerts@example.com>");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SendOutcome send(SampleAlert alert) {
    return notifier.send(channel(Map.of("to", "team@example.com")), alert.snapshot());
  }

  private MimeMessage received() {
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  private static String content(Message message, int part, String type) throws Exception {
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    BodyPart body = parts.getBodyPart(part);
    if (body.getContent() instanceof MimeMultipart related) {
      assertThat(related.getContentType()).startsWith("multipart/related");
      body = related.getBodyPart(0);
    }
    assertThat(body.getContentType()).isEqualToIgnoringCase(type + "; charset=UTF-8");
    return ((String) body.getContent()).replace("\r\n", "\n");
  }

  @Test
  void mailArrivesWithTextAndHtmlThatSayTheSame() throws Exception {
    assertThat(send(SampleAlert.warning())).isInstanceOf(Sent.class);
    MimeMessage mail = received();
    assertThat(mail.getSubject()).isEqualTo("[warning] Budget \"Research\" is at 80 % of $1.00");
    assertThat(mail.getFrom())
        .containsExactly(new InternetAddress("alerts@example.com", "Stipend"));
    assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("team@example.com"));
    assertThat(mail.getSentDate()).isEqualTo(Instant.parse("2026-11-20T14:03:07Z"));
    assertThat(content(mail, 0, "text/plain")).contains("$0.80 of $1.00 (80 %)", "▓▓▓▓▓▓▓▓░░");
    assertThat(content(mail, 1, "text/html")).contains("$0.80 of $1.00 (80 %)");
  }

  @Test
  void chartComesAlongWithTheHtmlThatShowsIt() throws Exception {
    send(SampleAlert.warning());
    MimeMultipart related =
        (MimeMultipart) ((MimeMultipart) received().getContent()).getBodyPart(1).getContent();
    MimeBodyPart picture = (MimeBodyPart) related.getBodyPart(1);
    assertThat(picture.getContentID()).isEqualTo("<burn-down@stipend>");
    assertThat(picture.getDisposition()).isEqualTo("inline");
    assertThat(picture.getContentType()).startsWith("image/png");
    assertThat(ImageIO.read(picture.getInputStream()).getWidth()).isEqualTo(1120);
    assertThat(content(received(), 1, "text/html")).contains("src=\"cid:burn-down@stipend\"");
  }

  @Test
  void withoutEnoughToSeeThereIsNoChart() throws Exception {
    send(SampleAlert.warning().withoutBurnDown());
    MimeMultipart parts = (MimeMultipart) received().getContent();
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(content(received(), 1, "text/html")).doesNotContain("<img", "cid:");
  }

  @Test
  void wayOutIsALinkForThisReaderAloneInOneClick() throws Exception {
    Notifiers.overSmtp(secrets, Duration.ofSeconds(5), OwnSecrets.links("https://api.example.com"))
        .send(
            channel(Map.of("to", "a@example.com, b@example.com")),
            SampleAlert.warning().snapshot());

    Set<String> links = new HashSet<>();
    for (MimeMessage mail : server.getReceivedMessages()) {
      assertThat(mail.getHeader("List-Unsubscribe-Post"))
          .containsExactly("List-Unsubscribe=One-Click");
      assertThat(mail.getHeader("List-Unsubscribe")).hasSize(1);
      String link = mail.getHeader("List-Unsubscribe")[0];
      assertThat(link).matches("<https://api.example.com/unsubscribe/[\\w-]{86}>");
      assertThat(content(mail, 0, "text/plain"))
          .contains("Unsubscribe: " + link.substring(1, link.length() - 1));
      assertThat(mail.getAllRecipients()).hasSize(1);
      links.add(link);
    }
    assertThat(links).hasSize(2);
  }

  @Test
  void whereNobodyKnowsHowToReachUsNothingIsPromised() throws Exception {
    send(SampleAlert.warning());
    assertThat(received().getHeader("List-Unsubscribe")).isNull();
    assertThat(received().getHeader("List-Unsubscribe-Post")).isNull();
    assertThat(content(received(), 0, "text/plain")).doesNotContain("reply", "nsubscribe");
  }

  @Test
  void whoHasLeftGetsNothing() {
    assertThat(
            notifier.send(
                channel(
                    Map.of("to", "a@example.com, B@example.com", "unsubscribed", "b@example.com")),
                SampleAlert.warning().snapshot()))
        .isInstanceOf(Sent.class);
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(
            notifier.send(
                channel(Map.of("to", "a@example.com", "unsubscribed", "a@example.com")),
                SampleAlert.warning().snapshot()))
        .isEqualTo(new Failed("every reader of the channel has unsubscribed"));
  }

  @Test
  void mailIsInTheChannelsLanguage() throws Exception {
    notifier.send(
        channel(Map.of("to", "team@example.com", "locale", "es")),
        SampleAlert.warning().snapshot());
    assertThat(received().getSubject())
        .isEqualTo("[aviso] El presupuesto \"Research\" está al 80 % de 1,00 US$");
    assertThat(content(received(), 0, "text/plain")).contains("Gasto ", "0,80 US$ de 1,00 US$");
    assertThat(content(received(), 1, "text/html")).contains("<html lang=\"es\">", "Gasto");
  }

  @Test
  void endlessNamesDoNotMakeEndlessHeaders() throws Exception {
    send(SampleAlert.warning().named("n".repeat(10_000)).of("user", "*", "u".repeat(10_000)));
    assertThat(received().getSubject()).hasSizeLessThan(160);
  }

  @Test
  void digestIsOneMailWithAnIdOfItsOwnInNoThread() throws Exception {
    AlertDigest digest =
        new AlertDigest(
            "0199f6a0-0000-7000-8000-00000000000d.digest",
            List.of(SampleAlert.exceeded().snapshot(), SampleAlert.warning().snapshot()));
    assertThat(notifier.send(channel(Map.of("to", "team@example.com")), digest))
        .isInstanceOf(Sent.class);
    assertThat(received().getSubject()).isEqualTo("2 alerts: 1 critical, 1 warning");
    assertThat(received().getMessageID())
        .isEqualTo("<0199f6a0-0000-7000-8000-00000000000d.digest@example.com>");
    assertThat(received().getHeader("References")).isNull();
    assertThat(content(received(), 0, "text/plain"))
        .contains(
            "[critical] Budget \"Research\" of user alice@example.com is at 104 % of $1,000.00",
            "[warning] Budget \"Research\" is at 80 % of $1.00");
  }

  @Test
  void messageIdIsTheNoticesAndTheThreadIsTheBudgets() throws Exception {
    String id = "<0199f6a0-0000-7000-8000-000000000001.raised@example.com>";
    assertThat(send(SampleAlert.warning())).isEqualTo(new Sent(Optional.of(id)));
    assertThat(received().getMessageID()).isEqualTo(id);
    assertThat(received().getHeader("References"))
        .containsExactly("<budget.0199f6a0-0000-7000-8000-000000000002@example.com>");
    assertThat(received().getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void nameWithHeadersInItAddsNone() throws Exception {
    send(SampleAlert.warning().named("x\r\nBcc: eve@example.com\r\n\r\n<b>owned</b>"));
    MimeMessage mail = received();
    assertThat(mail.getSubject()).contains("x Bcc: eve@example.com <b>owned</b>");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(content(mail, 1, "text/html")).doesNotContain("<b>").contains("&lt;b&gt;owned");
  }

  @Test
  void nameInAnotherScriptArrivesUnharmed() throws Exception {
    send(SampleAlert.warning().named("Żółć 予算 🚀"));
    assertThat(received().getSubject()).contains("\"Żółć 予算 🚀\"");
    assertThat(content(received(), 0, "text/plain")).contains("Żółć 予算 🚀");
  }

  @ParameterizedTest
  @CsvSource({
    "own@example.com, to@example.com, own@example.com",
    "'', to@example.com, to@example.com",
    "'', '', alerts@example.com",
  })
  void recipientIsTheChannelsElseTheEnvironmentsElseTheSender(
      String own, String environment, String expected) throws Exception {
    secrets.with("ALERT_TO_EMAIL", environment);
    notifier.send(channel(Map.of("to", own)), SampleAlert.warning().snapshot());
    assertThat(((InternetAddress) received().getAllRecipients()[0]).getAddress())
        .isEqualTo(expected);
  }

  @Test
  void allRecipientsOfTheListGetIt() {
    notifier.send(
        channel(Map.of("to", "a@example.com, \"B, C\" <b@example.com>")),
        SampleAlert.warning().snapshot());
    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "a@",
        "@example.com",
        "a b@example.com",
        "a@example.com\nBcc: eve@example.com",
        "a@example.com\r\n",
        ",",
        "a\u200b@example.com",
        "a@exa\u2060mple.com",
        "\u202ea@example.com",
        "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij12345@example.com"
      })
  void addressThatIsNoneIsFinalAndNamesItsSetting(String address) {
    assertThat(notifier.send(channel(Map.of("to", address)), SampleAlert.warning().snapshot()))
        .isEqualTo(new Failed("to of channel team is not a list of email addresses"));
    secrets.with("ALERT_FROM_EMAIL", "x@example.com\n" + address);
    assertThat(send(SampleAlert.warning())).isInstanceOf(Failed.class);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void senderIsOneAddressAndMayNotBeMissing() {
    secrets.with("ALERT_FROM_EMAIL", "a@example.com, b@example.com");
    assertThat(send(SampleAlert.warning()))
        .isEqualTo(new Failed("ALERT_FROM_EMAIL is not one address"));
    secrets.with("ALERT_FROM_EMAIL", " ");
    assertThat(send(SampleAlert.warning())).isEqualTo(new Failed("ALERT_FROM_EMAIL is not set"));
  }

  @Test
  void userAndPasswordAreDecoded() {
    server.setUser("alerts@example.com", "alerts@example.com", "p@ss:w/o+r d%");
    secrets.with(
        "SMTP_URL",
        "smtp://alerts%40example.com:p%40ss%3Aw%2Fo+r%20d%25@127.0.0.1:"
            + server.getSmtp().getPort());
    assertThat(send(SampleAlert.warning())).isInstanceOf(Sent.class);
  }

  @Test
  void wrongPasswordIsFinalAndNotTold() {
    server.setUser("alerts@example.com", "alerts@example.com", "right");
    secrets.with(
        "SMTP_URL",
        "smtp://alerts%40example.com:wr0ngSecret@127.0.0.1:" + server.getSmtp().getPort());
    assertThat(send(SampleAlert.warning()))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.reason())
                    .isEqualTo(
                        "The mail server answered 535 to the user name and password of"
                            + " SMTP_URL"));
  }

  @Test
  void withoutAnySenderItIsFinal() {
    assertThat(
            Notifiers.overSmtp(
                    new MapSecrets().with("ALERT_FROM_EMAIL", "a@example.com"),
                    Duration.ofSeconds(1))
                .send(channel(Map.of()), SampleAlert.warning().snapshot()))
        .isEqualTo(new Failed("none of SES_FROM_IDENTITY, SENDGRID_API_KEY and SMTP_URL is set"));
  }

  @Test
  void isConfiguredByAnySender() {
    Duration any = Duration.ofSeconds(1);
    assertThat(Notifiers.overSmtp(new MapSecrets(), any).isConfigured()).isFalse();
    assertThat(notifier.isConfigured()).isTrue();
    assertThat(
            Notifiers.overSmtp(new MapSecrets().with("SENDGRID_API_KEY", "k"), any).isConfigured())
        .isTrue();
  }
}
