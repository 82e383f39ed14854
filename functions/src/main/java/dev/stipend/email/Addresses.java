package dev.stipend.email;

import dev.stipend.json.JsonFields;
import dev.stipend.json.VisibleText;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelSecrets;
import dev.stipend.notify.Secrets;
import io.micronaut.email.Contact;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who writes and who reads.
///
/// @param from the sender
/// @param to the readers, at least one
record Addresses(Contact from, List<Contact> to) {
  static final String FROM = "ALERT_FROM_EMAIL";
  static final String TO = "ALERT_TO_EMAIL";
  static final String OWN_TO = "to";
  private static final int LONGEST_LIST = 2000;
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_LABEL = 63;

  /// Reads what a channel says of its readers: `to`, addresses with commas between.
  static Map<String, String> readConfig(JsonFields config) {
    Optional<String> to = config.text(OWN_TO, LONGEST_LIST);
    try {
      to.ifPresent(list -> contacts(OWN_TO, list));
    } catch (UnusableSettingException none) {
      config.error(OWN_TO, "must be email addresses, with commas between");
    }
    return to.map(list -> Map.of(OWN_TO, list)).orElse(Map.of());
  }

  /// @throws UnusableSettingException if an address is missing or is none
  static Addresses of(Channel channel, Secrets secrets, ChannelSecrets channels) {
    String from =
        secrets
            .find(FROM)
            .or(() -> ofIdentity(secrets))
            .orElseThrow(() -> new UnusableSettingException(FROM + " is not set"));
    List<Contact> senders = contacts(FROM, from);
    if (senders.size() != 1) {
      throw new UnusableSettingException(FROM + " is not one address");
    }
    return new Addresses(senders.getFirst(), readers(channel, secrets, channels).orElse(senders));
  }

  /// Empty if neither the channel nor the environment names any.
  private static Optional<List<Contact>> readers(
      Channel channel, Secrets secrets, ChannelSecrets channels) {
    String own = channel.config().getOrDefault(OWN_TO, "");
    if (!own.isBlank()) {
      return Optional.of(contacts("to of channel " + channel.name(), own));
    }
    if (!channels.tenant(channel.workspaceId()).isServed()) {
      throw new UnusableSettingException(OWN_TO + " " + ChannelSecrets.required(TO));
    }
    return secrets.find(TO).map(value -> contacts(TO, value));
  }

  /// Who has only an address verified at SES means to write from it.
  private static Optional<String> ofIdentity(Secrets secrets) {
    return secrets.has(SesIdentity.VARIABLE) ? SesIdentity.of(secrets).address() : Optional.empty();
  }

  /// The part after the `@` of the sender.
  String domain() {
    return from.getEmail().substring(from.getEmail().lastIndexOf('@') + 1);
  }

  private static List<Contact> contacts(String setting, String list) {
    // A control character is a header smuggled in, never part of an address; what nobody sees makes
    // another address of the one that is meant.
    if (list.chars().anyMatch(Character::isISOControl) || VisibleText.hidesSomething(list)) {
      throw invalid(setting);
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(list, true);
      for (InternetAddress address : addresses) {
        address.validate();
        if (isTooLong(address.getAddress())) {
          throw invalid(setting);
        }
      }
      if (addresses.length == 0) {
        throw invalid(setting);
      }
      return Arrays.stream(addresses)
          .map(address -> new Contact(address.getAddress(), address.getPersonal()))
          .collect(
              Collectors.toMap(
                  contact -> contact.getEmail().toLowerCase(Locale.ROOT),
                  Function.identity(),
                  (first, again) -> first,
                  LinkedHashMap::new))
          .values()
          .stream()
          .toList();
    } catch (AddressException notAnAddress) {
      throw invalid(setting);
    }
  }

  /// Servers need not take more, in octets, and many do not (RFC 5321, 4.5.3.1).
  private static boolean isTooLong(String address) {
    int at = address.lastIndexOf('@');
    return octets(address) > LONGEST_ADDRESS
        || octets(address.substring(0, Math.max(at, 0))) > LONGEST_LOCAL_PART
        || Stream.of(address.substring(at + 1).split("\\.", -1))
            .anyMatch(label -> octets(label) > LONGEST_LABEL);
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static UnusableSettingException invalid(String setting) {
    return new UnusableSettingException(setting + " is not a list of email addresses");
  }
}
