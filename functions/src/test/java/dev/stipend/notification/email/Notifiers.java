package dev.stipend.notification.email;

import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.channel.UnsubscribeLinks;
import dev.stipend.platform.secrets.Secrets;
import io.micronaut.context.BeanProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/// Makes what tests of this package send with.
final class Notifiers {
  private Notifiers() {}

  static Channel channel(Map<String, String> config) {
    return new Channel(
        new UUID(0, 1), new UUID(0, 2), ChannelKind.EMAIL, "team", config, Severity.INFO);
  }

  static SesSender noSes(Secrets secrets) {
    BeanProvider<SesV2Client> nowhere =
        () -> {
          throw new AssertionError("SES is not to be used");
        };
    return new SesSender(secrets, nowhere);
  }

  static EmailNotifier overSmtp(Secrets secrets, Duration timeout) {
    return overSmtp(secrets, timeout, OwnSecrets.links());
  }

  static EmailNotifier overSmtp(Secrets secrets, Duration timeout, UnsubscribeLinks links) {
    SmtpSender smtp = new SmtpSender(new SmtpSession(secrets, timeout));
    SendGridClient nowhere =
        (authorization, mail) -> {
          throw new AssertionError("SendGrid is not to be used");
        };
    return of(secrets, noSes(secrets), new SendGridSender(secrets, nowhere), smtp, links);
  }

  static EmailNotifier of(
      Secrets secrets,
      SesSender ses,
      SendGridSender sendGrid,
      SmtpSender smtp,
      UnsubscribeLinks links) {
    MailSender sender = new MailSender(secrets, ses, sendGrid, smtp);
    return new EmailNotifier(
        secrets,
        OwnSecrets.of(secrets),
        sender,
        new Mailing(sender, OwnSecrets.progress(), links, InstantSource.system(), () -> 0L),
        Duration.ZERO);
  }
}
