package dev.stipend.notification.email;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.channel.Unsubscribed;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.VisibleText;
import dev.stipend.platform.secrets.Secrets;
import io.micronaut.email.Contact;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who writes and who reads.
///
/// @param from the sender
/// @param to the readers
record Addresses(Contact from, List<Contact> to) {
  static final String FROM = "ALERT_FROM_EMAIL";
  static final String TO = "ALERT_TO_EMAIL";
  static final String OWN_TO = "to";
  private static final int LONGEST_LIST = 2000;
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_LABEL = 63;

  /// Reads what a channel says of its readers: `to`, addresses with commas between.
  ///
  /// Who has left the channel stays off it, unless the list of those is given anew: a reader's wish
  /// is not undone by an edit of something else. Whoever is taken off the readers is forgotten.
  static Map<String, String> readConfig(JsonFields config, Map<String, String> before) {
    Map<String, String> read = new HashMap<>();
    Optional<List<Contact>> to = addresses(config, OWN_TO, read);
    boolean isAnew = config.isNull(Unsubscribed.FIELD);
    if (addresses(config, Unsubscribed.FIELD, read).isEmpty() && !isAnew) {
      String left =
          to.map(readers -> Unsubscribed.among(before, emails(readers)))
              .orElseGet(() -> before.getOrDefault(Unsubscribed.FIELD, ""));
      if (!left.isEmpty()) {
        read.put(Unsubscribed.FIELD, left);
      }
    }
    return read;
  }

  /// A list of addresses in a field, which is noted as it is written.
  private static Optional<List<Contact>> addresses(
      JsonFields config, String field, Map<String, String> read) {
    Optional<String> list = config.text(field, LONGEST_LIST);
    list.ifPresent(text -> read.put(field, text));
    try {
      return list.map(text -> contacts(field, text));
    } catch (UnusableSettingException none) {
      config.error(field, "must be email addresses separated by commas");
      return Optional.of(List.of());
    }
  }

  private static Set<String> emails(List<Contact> contacts) {
    return contacts.stream().map(Contact::getEmail).collect(Collectors.toSet());
  }

  /// The readers of a channel, those who have left it, too.
  ///
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

  /// Those readers who have not left a channel.
  Addresses staying(Channel channel) {
    return new Addresses(
        from,
        to.stream()
            .filter(reader -> !Unsubscribed.isIn(channel.config(), reader.getEmail()))
            .toList());
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
