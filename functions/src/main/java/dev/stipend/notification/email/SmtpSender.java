package dev.stipend.notification.email;

import dev.stipend.notification.send.SendOutcome;
import io.micronaut.email.Email;
import io.micronaut.email.EmailException;
import io.micronaut.email.TransactionalEmailSender;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Sends mails through the server of `SMTP_URL`.
///
/// Micronaut's own sender for Jakarta Mail gives each attempt a new `Message-ID`, and logs failures
/// as they are; this one keeps the id and reads the server's answer.
@Singleton
@Named(SmtpSender.NAME)
class SmtpSender implements TransactionalEmailSender<Message, SendOutcome> {
  static final String NAME = "smtp";

  private final SmtpSession session;

  SmtpSender(SmtpSession session) {
    this.session = session;
  }

  @Override
  public String getName() {
    return NAME;
  }

  /// Sends a mail.
  ///
  /// @param lastTouch changes the message when its own headers are complete
  /// @throws UnusableSettingException if `SMTP_URL` is missing or malformed
  @Override
  public SendOutcome send(Email email, Consumer<Message> lastTouch) {
    SmtpUrl url = session.url();
    try {
      Message message = MimeMail.of(email, session.session());
      message.saveChanges();
      lastTouch.accept(message);
      transmit(message, url);
      return new SendOutcome.Sent(Optional.of(message.getHeader(MailHeaders.MESSAGE_ID)[0]));
    } catch (MessagingException failure) {
      return SmtpFailure.outcome(failure, url);
    }
  }

  /// Sets headers, whatever the message had there before.
  static void set(Message message, Map<String, String> headers) {
    try {
      for (Map.Entry<String, String> header : headers.entrySet()) {
        message.setHeader(header.getKey(), header.getValue());
      }
    } catch (MessagingException readOnly) {
      throw new EmailException(readOnly);
    }
  }

  private static void transmit(Message message, SmtpUrl url) throws MessagingException {
    try (Transport transport = message.getSession().getTransport()) {
      if (url.login().isPresent()) {
        SmtpUrl.Login login = url.login().get();
        transport.connect(login.user(), login.password());
      } else {
        transport.connect();
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }
}
