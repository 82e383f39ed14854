package dev.stipend.email;

import dev.stipend.json.JsonFields;
import dev.stipend.notify.Channel;
import dev.stipend.notify.Secrets;
import io.micronaut.email.Contact;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who writes and who reads.
///
/// @param from the sender
/// @param to the readers, at least one
record Addresses(Contact from, List<Contact> to) {
  static final String FROM = "ALERT_FROM_EMAIL";
  private static final String TO = "ALERT_TO_EMAIL";
  private static final String OWN_TO = "to";
  private static final int LONGEST_LIST = 2000;

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
  static Addresses of(Channel channel, Secrets secrets) {
    String from =
        secrets
            .find(FROM)
            .or(() -> ofIdentity(secrets))
            .orElseThrow(() -> new UnusableSettingException(FROM + " is not set"));
    List<Contact> senders = contacts(FROM, from);
    if (senders.size() != 1) {
      throw new UnusableSettingException(FROM + " is not one address");
    }
    String own = channel.config().getOrDefault(OWN_TO, "");
    List<Contact> readers =
        own.isBlank()
            ? secrets.find(TO).map(value -> contacts(TO, value)).orElse(senders)
            : contacts("to of channel " + channel.name(), own);
    return new Addresses(senders.getFirst(), readers);
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
    // A control character is a header smuggled in, never part of an address.
    if (list.chars().anyMatch(Character::isISOControl)) {
      throw invalid(setting);
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(list, true);
      for (InternetAddress address : addresses) {
        address.validate();
      }
      if (addresses.length == 0) {
        throw invalid(setting);
      }
      return Arrays.stream(addresses)
          .map(address -> new Contact(address.getAddress(), address.getPersonal()))
          .toList();
    } catch (AddressException notAnAddress) {
      throw invalid(setting);
    }
  }

  private static UnusableSettingException invalid(String setting) {
    return new UnusableSettingException(setting + " is not a list of email addresses");
  }
}
