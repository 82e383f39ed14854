package dev.stipend.notification.email;

import dev.stipend.platform.secrets.Secrets;
import java.util.Locale;
import java.util.Optional;

/// What SES has verified that mails may come from: an address, or a domain with all below it.
///
/// @param arn its ARN, where that is what was given; identities of other accounts need it
/// @param name the address or domain, in lower case
record SesIdentity(Optional<String> arn, String name) {
  static final String VARIABLE = "SES_FROM_IDENTITY";

  private static final String MARK = ":identity/";

  /// @throws UnusableSettingException if it is not set
  static SesIdentity of(Secrets secrets) {
    String value =
        secrets
            .find(VARIABLE)
            .orElseThrow(() -> new UnusableSettingException(VARIABLE + " is not set"));
    int mark = value.indexOf(MARK);
    boolean isArn = value.startsWith("arn:") && mark > 0;
    String name = isArn ? value.substring(mark + MARK.length()) : value;
    return new SesIdentity(
        isArn ? Optional.of(value) : Optional.empty(), name.toLowerCase(Locale.ROOT));
  }

  /// The address to write from, if it is one.
  Optional<String> address() {
    return name.contains("@") ? Optional.of(name) : Optional.empty();
  }

  /// Whether mails may come from an address.
  boolean covers(String email) {
    String sender = email.toLowerCase(Locale.ROOT);
    return address()
        .map(sender::equals)
        .orElseGet(() -> sender.endsWith("@" + name) || sender.endsWith("." + name));
  }
}
