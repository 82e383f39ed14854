package dev.stipend.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.JsonFields;
import dev.stipend.notify.AlertText;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelKind;
import dev.stipend.notify.Notifier;
import dev.stipend.notify.Secrets;
import dev.stipend.notify.SendOutcome;
import io.micronaut.email.Email;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;

/// Writes mails, and has them sent by what the environment offers.
@Singleton
public class EmailNotifier implements Notifier {
  private final Secrets secrets;
  private final SesSender ses;
  private final SendGridSender sendGrid;
  private final SmtpSender smtp;

  EmailNotifier(Secrets secrets, SesSender ses, SendGridSender sendGrid, SmtpSender smtp) {
    this.secrets = secrets;
    this.ses = ses;
    this.sendGrid = sendGrid;
    this.smtp = smtp;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.EMAIL;
  }

  /// A sender is enough: whoever sets one means to get mail, and learns what else is missing from
  /// the delivery that fails.
  @Override
  public boolean isConfigured() {
    return Stream.of(SesIdentity.VARIABLE, SendGridSender.VARIABLE, SmtpSession.VARIABLE)
        .anyMatch(secrets::has);
  }

  @Override
  public Map<String, String> readConfig(JsonFields config) {
    return Addresses.readConfig(config);
  }

  /// The mail that a channel's readers get.
  ///
  /// @throws UnusableSettingException if an address is missing or is none
  public Email render(Channel channel, AlertSnapshot snapshot) {
    return AlertMail.of(AlertText.of(channel, snapshot), Addresses.of(channel, secrets));
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    try {
      Addresses addresses = Addresses.of(channel, secrets);
      Email mail = render(channel, snapshot);
      Map<String, String> headers = AlertMail.headers(snapshot, addresses);
      if (secrets.has(SesIdentity.VARIABLE)) {
        // SES gives every mail an id of its own, and takes no other.
        headers.remove(AlertMail.MESSAGE_ID);
        return ses.send(mail, headers, request -> {});
      }
      if (secrets.has(SendGridSender.VARIABLE)) {
        return sendGrid.send(mail, request -> request.headers().putAll(headers));
      }
      headers.put(
          "Date",
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              snapshot.occurredAt().atOffset(ZoneOffset.UTC)));
      return smtp.send(mail, message -> SmtpSender.set(message, headers));
    } catch (UnusableSettingException setting) {
      return new SendOutcome.Failed(setting.reason());
    }
  }
}
