package dev.stipend.notification.email;

import dev.stipend.platform.wording.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail server and how to log in, as in `smtp://user:password@mail.example.com:587`.
///
/// `smtps` speaks TLS from the first byte. `smtp` upgrades to TLS when the server offers it, and
/// with `?starttls=required` refuses to go on without.
///
/// @param tls whether TLS comes first
/// @param host the server
/// @param port the server's port; 465 for `smtps`, else 587, unless given
/// @param login user name and password, decoded
/// @param starttlsRequired whether to give up on a server without TLS
record SmtpUrl(
    boolean tls, String host, int port, Optional<Login> login, boolean starttlsRequired) {
  /// User name and password.
  record Login(String user, String password) {
    // A user name may be a word like any other, and is taken out only where it stands alone.
    private String redact(String text) {
      return text.replace(password, "***")
          .replaceAll("(?<!\\w)" + Pattern.quote(user) + "(?!\\w)", "***");
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_OVER_TLS = 465;

  /// @throws UnusableSettingException if it is no such URL; without any part of it
  static SmtpUrl parse(String variable, String value) {
    try {
      URI uri = new URI(value.strip());
      String scheme = String.valueOf(uri.getScheme());
      String query = uri.getRawQuery();
      boolean fits =
          (scheme.equals("smtp") || scheme.equals("smtps"))
              && uri.getHost() != null
              && (query == null || query.equals("starttls=required"));
      if (!fits) {
        throw malformed(variable);
      }
      boolean tls = scheme.equals("smtps");
      int usualPort = tls ? SUBMISSION_OVER_TLS : SUBMISSION;
      return new SmtpUrl(
          tls,
          uri.getHost(),
          uri.getPort() < 0 ? usualPort : uri.getPort(),
          Optional.ofNullable(uri.getRawUserInfo()).map(SmtpUrl::login),
          query != null);
    } catch (URISyntaxException | IllegalArgumentException itsMessageHoldsTheSecret) {
      throw malformed(variable);
    }
  }

  /// The text, on one line, without user name and password.
  String redact(String text) {
    String line = OneLine.of(text);
    return login.map(known -> known.redact(line)).orElse(line);
  }

  private static Login login(String userInfo) {
    int colon = userInfo.indexOf(':');
    if (colon <= 0 || colon == userInfo.length() - 1) {
      throw new IllegalArgumentException("user name or password is missing");
    }
    return new Login(decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  /// In this part of a URL a plus is a plus.
  private static String decode(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static UnusableSettingException malformed(String variable) {
    return new UnusableSettingException(
        variable + " is not of the form smtp://user:password@host:587 (or smtps://)");
  }
}
