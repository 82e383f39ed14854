package dev.stipend.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.JsonFields;
import dev.stipend.notify.AlertDigest;
import dev.stipend.notify.AlertText;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelKind;
import dev.stipend.notify.ChannelSecrets;
import dev.stipend.notify.PacedNotifier;
import dev.stipend.notify.Secrets;
import dev.stipend.notify.SendOutcome;
import dev.stipend.notify.Tenant;
import io.micronaut.context.annotation.Value;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes mails, and has them sent by what the environment offers.
@Singleton
public class EmailNotifier implements PacedNotifier {
  /// @param headers besides those that every mail has; may be changed
  private record Letter(Email mail, Map<String, String> headers) {}

  private final Secrets secrets;
  private final ChannelSecrets channels;
  private final SesSender ses;
  private final SendGridSender sendGrid;
  private final SmtpSender smtp;
  private final Duration pace;

  /// @param pace readers' mailboxes bear no more than one mail in this time
  EmailNotifier(
      Secrets secrets,
      ChannelSecrets channels,
      SesSender ses,
      SendGridSender sendGrid,
      SmtpSender smtp,
      @Value("${email.pace:1s}") Duration pace) {
    this.secrets = secrets;
    this.channels = channels;
    this.ses = ses;
    this.sendGrid = sendGrid;
    this.smtp = smtp;
    this.pace = pace;
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
  public Map<String, String> readConfig(JsonFields config, Tenant tenant) {
    return Addresses.readConfig(config);
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of(Addresses.OWN_TO, Addresses.TO);
  }

  @Override
  public List<String> needs(Map<String, String> config) {
    return isConfigured() ? List.of() : List.of(SmtpSession.VARIABLE);
  }

  /// The mail that a channel's readers get.
  ///
  /// @throws UnusableSettingException if an address is missing or is none
  public Email render(Channel channel, AlertSnapshot snapshot) {
    return AlertMail.of(AlertText.of(channel, snapshot), Addresses.of(channel, secrets, channels));
  }

  @Override
  public Duration pace() {
    return pace;
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    return send(
        channel,
        snapshot.occurredAt(),
        addresses ->
            new Letter(
                AlertMail.of(AlertText.of(channel, snapshot), addresses),
                MailHeaders.of(snapshot, addresses)));
  }

  @Override
  public SendOutcome send(Channel channel, AlertDigest digest) {
    return send(
        channel,
        digest.snapshots().stream()
            .map(AlertSnapshot::occurredAt)
            .max(Comparator.naturalOrder())
            .orElseThrow(),
        addresses ->
            new Letter(
                DigestMail.of(digest, channel, addresses), MailHeaders.of(digest, addresses)));
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    Contact nobody = new Contact("nobody@example.com");
    Addresses addresses = new Addresses(nobody, List.of(nobody));
    AlertText text = AlertText.of(channel, snapshot);
    Email mail = AlertMail.of(text, addresses);
    return "%s%n%s%n%n%s"
        .formatted(MailHeaders.of(snapshot, addresses), mail.getSubject(), AlertMail.text(text));
  }

  private SendOutcome send(
      Channel channel, Instant writtenAt, Function<Addresses, Letter> written) {
    try {
      Letter letter = written.apply(Addresses.of(channel, secrets, channels));
      if (secrets.has(SesIdentity.VARIABLE)) {
        // SES gives every mail an id of its own, and takes no other.
        letter.headers().remove(MailHeaders.MESSAGE_ID);
        return ses.send(letter.mail(), letter.headers(), request -> {});
      }
      if (secrets.has(SendGridSender.VARIABLE)) {
        return sendGrid.send(letter.mail(), request -> request.headers().putAll(letter.headers()));
      }
      letter
          .headers()
          .put(
              "Date",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(writtenAt.atOffset(ZoneOffset.UTC)));
      return smtp.send(letter.mail(), message -> SmtpSender.set(message, letter.headers()));
    } catch (UnusableSettingException setting) {
      return new SendOutcome.Failed(setting.reason());
    }
  }
}
