package dev.stipend.platform.sql;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a database is and who connects, in the form that the JDBC driver takes.
///
/// Reads `postgres://`, `postgresql://` and `jdbc:postgresql://` with percent-encoded names and
/// passwords, and the parameters that Neon hands out. Where a certificate can be verified, it is.
/// Nothing of it is ever printed: the password is in it.
///
/// @param jdbcUrl without user and password, unless a `jdbc:` URL carried them itself
/// @param user who connects
/// @param password the secret
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {
  private static final String JDBC = "jdbc:postgresql://";
  private static final String MODE = "(^|&)sslmode=[^&]*";
  private static final Pattern OWN_TRUST =
      Pattern.compile("(^|&)(sslrootcert|sslfactory)=|(^|&)sslmode=(disable|allow)(&|$)");

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

  /// libpq and JDBC name one parameter differently.
  private static String parameters(URI uri) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    query = query.replace("channel_binding=", "channelBinding=");
    if (!OWN_TRUST.matcher(query).find()) {
      query = verified(query, uri.getHost().toLowerCase(Locale.ROOT));
    }
    return query.isEmpty() ? "" : "?" + query.replaceFirst("^&", "");
  }

  private static String verified(String query, String host) {
    Optional<String> trust = trust(host);
    if (trust.isPresent()) {
      return query.replaceFirst(MODE, "") + "&sslmode=verify-full&sslfactory=" + trust.get();
    }
    return isRds(host) && !query.contains("sslmode=") ? query + "&sslmode=require" : query;
  }

  /// Who vouches for a host whose certificate can be verified: `sslmode=require` would encrypt, and
  /// ask nobody. Neon's and the proxies' are signed by public authorities, RDS has its own.
  private static Optional<String> trust(String host) {
    if (host.endsWith(".neon.tech") || (isRds(host) && host.contains(".proxy-"))) {
      return Optional.of("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return isRds(host) && RdsTrust.knows(host)
        ? Optional.of(RdsTrust.class.getName())
        : Optional.empty();
  }

  private static boolean isRds(String host) {
    return host.endsWith(".rds.amazonaws.com");
  }

  /// The same place, entered by somebody else.
  public DatabaseUrl as(String somebody, String secret) {
    return new DatabaseUrl(jdbcUrl, Optional.of(somebody), Optional.of(secret));
  }

  /// The same place, and never a word to it in the clear unless the URL itself wants that.
  public DatabaseUrl encrypted() {
    if (jdbcUrl.contains("sslmode=")) {
      return this;
    }
    String joint = jdbcUrl.contains("?") ? "&" : "?";
    return new DatabaseUrl(jdbcUrl + joint + "sslmode=require", user, password);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "DatabaseUrl[hidden]";
  }
}
