package dev.stipend.notification.email;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.email.MailSender.Letter;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.PacedNotifier;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.secrets.Tenant;
import io.micronaut.context.annotation.Value;
import io.micronaut.email.Contact;
import io.micronaut.email.Email;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Writes mails, and has them sent by what the environment offers.
@Singleton
public class EmailNotifier implements PacedNotifier {
  private final Secrets secrets;
  private final ChannelSecrets channels;
  private final MailSender sender;
  private final Mailing mailing;
  private final Duration pace;

  /// @param pace readers' mailboxes bear no more than one mail in this time
  EmailNotifier(
      Secrets secrets,
      ChannelSecrets channels,
      MailSender sender,
      Mailing mailing,
      @Value("${email.pace:1s}") Duration pace) {
    this.secrets = secrets;
    this.channels = channels;
    this.sender = sender;
    this.mailing = mailing;
    this.pace = pace;
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.EMAIL;
  }

  /// A sender is enough: a deployment that sets one wants mail, and learns what else is missing
  /// from the delivery that fails.
  @Override
  public boolean isConfigured() {
    return sender.isConfigured();
  }

  @Override
  public Map<String, String> readConfig(
      JsonFields config, Tenant tenant, Map<String, String> before) {
    return Addresses.readConfig(config, before);
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of(Addresses.OWN_TO, Addresses.TO);
  }

  @Override
  public List<String> needs(Map<String, String> config) {
    return isConfigured() ? List.of() : List.of(SmtpSession.VARIABLE);
  }

  @Override
  public List<String> readers(Channel channel) {
    try {
      return Addresses.of(channel, secrets, channels).to().stream().map(Contact::getEmail).toList();
    } catch (UnusableSettingException nobody) {
      return List.of();
    }
  }

  /// The mail that a channel's first reader gets, but for the way out.
  ///
  /// @throws UnusableSettingException if an address is missing or is none
  public Email render(Channel channel, AlertSnapshot snapshot) {
    Addresses addresses = Addresses.of(channel, secrets, channels);
    AlertMessage text = AlertMessage.of(channel, snapshot);
    return AlertMail.of(
        text,
        text.chart(),
        new Addressee(addresses.from(), addresses.to().getFirst(), Optional.empty()));
  }

  @Override
  public Duration pace() {
    return pace;
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    AlertMessage text = AlertMessage.of(channel, snapshot);
    Optional<byte[]> chart = text.chart();
    return send(
        channel,
        snapshot.id(),
        addressee ->
            new Letter(
                AlertMail.of(text, chart, addressee),
                MailHeaders.of(snapshot, addressee),
                snapshot.occurredAt()));
  }

  @Override
  public SendOutcome send(Channel channel, AlertDigest digest) {
    Instant last =
        digest.snapshots().stream()
            .map(AlertSnapshot::occurredAt)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return send(
        channel,
        digest.id(),
        addressee ->
            new Letter(
                DigestMail.of(digest, channel, addressee),
                MailHeaders.of(digest, addressee),
                last));
  }

  @Override
  public SendOutcome send(Channel channel, ChannelNotice notice) {
    return send(
        channel,
        notice.id(),
        addressee ->
            new Letter(
                NoticeMail.of(notice, addressee),
                MailHeaders.of(notice, addressee),
                notice.occurredAt()));
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    Contact nobody = new Contact("nobody@example.com");
    Addressee addressee = new Addressee(nobody, nobody, Optional.empty());
    AlertMessage text = AlertMessage.of(channel, snapshot);
    Email mail = AlertMail.of(text, text.chart(), addressee);
    return "%s%n%s%n%n%s"
        .formatted(
            MailHeaders.of(snapshot, addressee),
            mail.getSubject(),
            AlertMail.text(text, addressee.wayOut()));
  }

  private SendOutcome send(Channel channel, String notice, Function<Addressee, Letter> written) {
    try {
      Addresses all = Addresses.of(channel, secrets, channels);
      Addresses staying = all.staying(channel);
      if (staying.to().isEmpty()) {
        return new SendOutcome.Failed("every reader of the channel has unsubscribed");
      }
      return mailing.send(channel, notice, staying, written);
    } catch (UnusableSettingException setting) {
      return new SendOutcome.Failed(setting.reason());
    }
  }
}
