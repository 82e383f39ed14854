package dev.stipend.notification.email;

import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.secrets.Secrets;
import io.micronaut.email.Email;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Has mails sent by what the environment offers.
@Singleton
class MailSender {
  /// A mail to one reader.
  ///
  /// @param headers besides those that every mail has
  /// @param writtenAt when the event in it happened
  record Letter(Email mail, Map<String, String> headers, Instant writtenAt) {}

  private final Secrets secrets;
  private final SesSender ses;
  private final SendGridSender sendGrid;
  private final SmtpSender smtp;

  MailSender(Secrets secrets, SesSender ses, SendGridSender sendGrid, SmtpSender smtp) {
    this.secrets = secrets;
    this.ses = ses;
    this.sendGrid = sendGrid;
    this.smtp = smtp;
  }

  boolean isConfigured() {
    return Stream.of(SesIdentity.VARIABLE, SendGridSender.VARIABLE, SmtpSession.VARIABLE)
        .anyMatch(secrets::has);
  }

  /// Sends a mail.
  ///
  /// @throws UnusableSettingException if what is set makes no sense
  SendOutcome send(Letter letter) {
    Map<String, String> headers = new TreeMap<>(letter.headers());
    if (secrets.has(SesIdentity.VARIABLE)) {
      // SES gives every mail an id of its own, and takes no other.
      headers.remove(MailHeaders.MESSAGE_ID);
      return ses.send(letter.mail(), headers, request -> {});
    }
    if (secrets.has(SendGridSender.VARIABLE)) {
      return sendGrid.send(letter.mail(), request -> request.headers().putAll(headers));
    }
    headers.put(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(letter.writtenAt().atOffset(ZoneOffset.UTC)));
    return smtp.send(letter.mail(), message -> SmtpSender.set(message, headers));
  }
}
