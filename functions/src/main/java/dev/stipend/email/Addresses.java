package dev.stipend.email;

import dev.stipend.notify.Channel;
import dev.stipend.notify.Secrets;
import io.micronaut.email.Contact;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Who writes and who reads.
///
/// @param from the sender
/// @param to the readers, at least one
record Addresses(Contact from, List<Contact> to) {
  private static final String FROM = "ALERT_FROM_EMAIL";
  private static final String TO = "ALERT_TO_EMAIL";

  /// @throws UnusableSettingException if an address is missing or is none
  static Addresses of(Channel channel, Secrets secrets) {
    String from =
        setting(secrets, FROM)
            .orElseThrow(() -> new UnusableSettingException(FROM + " is not set"));
    List<Contact> senders = contacts(FROM, from);
    if (senders.size() != 1) {
      throw new UnusableSettingException(FROM + " is not one address");
    }
    String own = channel.config().getOrDefault("to", "");
    List<Contact> readers =
        own.isBlank()
            ? setting(secrets, TO).map(value -> contacts(TO, value)).orElse(senders)
            : contacts("to of channel " + channel.name(), own);
    return new Addresses(senders.getFirst(), readers);
  }

  /// The part after the `@` of the sender.
  String domain() {
    return from.getEmail().substring(from.getEmail().lastIndexOf('@') + 1);
  }

  private static Optional<String> setting(Secrets secrets, String name) {
    return secrets.find(name).map(String::strip).filter(value -> !value.isEmpty());
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
