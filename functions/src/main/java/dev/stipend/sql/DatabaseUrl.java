package dev.stipend.sql;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Where a database is and who connects, in the form that the JDBC driver takes.
///
/// Reads `postgres://`, `postgresql://` and `jdbc:postgresql://` with percent-encoded names and
/// passwords, and the parameters that Neon hands out. Nothing of it is ever printed: the password
/// is in it.
///
/// @param jdbcUrl without user and password, unless a `jdbc:` URL carried them itself
/// @param user who connects
/// @param password the secret
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {
  private static final String JDBC = "jdbc:postgresql://";

  /// Reads a URL.
  ///
  /// @param variable the name of what was read, for the error
  /// @throws IllegalArgumentException naming the variable, never its value
  public static DatabaseUrl parse(String variable, String url) {
    String text = url.strip();
    if (text.startsWith(JDBC)) {
      return new DatabaseUrl(text, Optional.empty(), Optional.empty());
    }
    try {
      return of(new URI(text.replaceFirst("^postgres(ql)?://", "postgresql://")));
    } catch (URISyntaxException | IllegalArgumentException malformed) {
      // The cause is left out on purpose: its message repeats the URL, and with it the password.
      throw new IllegalArgumentException(
          variable
              + " is not a PostgreSQL URL; expected postgresql://user:password@host:5432/database,"
              + " with special characters in the password percent-encoded");
    }
  }

  private static DatabaseUrl of(URI uri) {
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawPath() == null) {
      throw new IllegalArgumentException("not a PostgreSQL URL");
    }
    String[] who =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String url = JDBC + uri.getHost() + port + uri.getRawPath() + parameters(uri);
    return new DatabaseUrl(
        url,
        who.length > 0 ? Optional.of(decode(who[0])) : Optional.empty(),
        who.length > 1 ? Optional.of(decode(who[1])) : Optional.empty());
  }

  /// libpq and JDBC name one parameter differently; and Neon's certificate is signed by a public
  /// authority, so it can be verified, which `sslmode=require` would not.
  private static String parameters(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    query = query.replace("channel_binding=", "channelBinding=");
    if (uri.getHost().toLowerCase(Locale.ROOT).endsWith(".neon.tech")) {
      query =
          query.replaceAll("(^|&)sslmode=require", "$1sslmode=verify-full")
              + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";
    }
    return query.isEmpty() ? "" : "?" + query.replaceFirst("^&", "");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "DatabaseUrl[hidden]";
  }
}
