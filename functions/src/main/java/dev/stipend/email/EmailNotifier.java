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

/// Writes mails, and has them sent by what the environment offers.
@Singleton
public class EmailNotifier implements Notifier {
  private final Secrets secrets;
  private final SendGridSender sendGrid;
  private final SmtpSender smtp;

  EmailNotifier(Secrets secrets, SendGridSender sendGrid, SmtpSender smtp) {
    this.secrets = secrets;
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
    return secrets.has(SendGridSender.VARIABLE) || secrets.has(SmtpSession.VARIABLE);
  }

  @Override
  public Map<String, String> readConfig(JsonFields config) {
    return Addresses.readConfig(config);
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    try {
      Addresses addresses = Addresses.of(channel, secrets);
      Email mail = AlertMail.of(AlertText.of(channel, snapshot), addresses);
      Map<String, String> headers = AlertMail.headers(snapshot, addresses);
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
