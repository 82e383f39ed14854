package dev.stipend.email;

import dev.stipend.budget.Severity;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelKind;
import dev.stipend.notify.Secrets;
import io.micronaut.email.javamail.composer.DefaultMessageComposer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// Makes what tests of this package send with.
final class Notifiers {
  private Notifiers() {}

  static Channel channel(Map<String, String> config) {
    return new Channel(
        new UUID(0, 1), new UUID(0, 2), ChannelKind.EMAIL, "team", config, Severity.INFO);
  }

  static EmailNotifier overSmtp(Secrets secrets, Duration timeout) {
    SmtpSession session = new SmtpSession(secrets, timeout);
    SmtpSender smtp = new SmtpSender(session, new DefaultMessageComposer());
    SendGridClient nowhere =
        (authorization, mail) -> {
          throw new AssertionError("SendGrid is not to be used");
        };
    return new EmailNotifier(secrets, new SendGridSender(secrets, nowhere), smtp);
  }
}
