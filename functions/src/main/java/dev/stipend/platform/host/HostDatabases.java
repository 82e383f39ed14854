package dev.stipend.platform.host;

import static java.util.stream.Collectors.joining;

import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseUrl;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens sessions on the databases of watched applications.
@Singleton
public class HostDatabases {
  private static final int CONNECT_SECONDS = 4;
  private static final int SILENT_SECONDS = 40;

  /// What an answer may weigh: pages are bounded in rows, and a view may make rows of any size.
  private static final String LARGEST_ANSWER = "128M";

  /// What a secret may say beside the place and who connects. The driver knows others that load
  /// classes or write files.
  private static final Set<String> PARAMETERS =
      Set.of(
          "sslmode",
          "sslnegotiation",
          "channel_binding",
          "channelBinding",
          "connect_timeout",
          "application_name",
          "options",
          "target_session_attrs",
          "user",
          "password");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_]*");

  private final Secrets secrets;
  private final DatabaseAddress own;
  private final HostAllowList allowed;

  HostDatabases(Secrets secrets, DatabaseAddress own, HostAllowList allowed) {
    this.secrets = secrets;
    this.own = own;
    this.allowed = allowed;
  }

  /// Opens a session that reads only.
  ///
  /// @param urlSecret names the secret with the URL; empty for the function's own database
  /// @throws HostException if it cannot be opened
  public HostSession read(Optional<String> urlSecret) {
    return open(urlSecret, true);
  }

  /// Opens a session that may write.
  ///
  /// @param urlSecret names the secret with the URL
  /// @throws HostException if it cannot be opened
  public HostSession write(String urlSecret) {
    return open(Optional.of(urlSecret), false);
  }

  private HostSession open(Optional<String> urlSecret, boolean readOnly) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    DatabaseUrl url = urlSecret.map(this::named).orElseGet(own::pooled);
    source.setUrl(url.jdbcUrl());
    url.user().ifPresent(source::setUser);
    url.password().ifPresent(source::setPassword);
    String host = String.join(", ", source.getServerNames());
    if (urlSecret.isPresent()) {
      requireNamed(source);
      guard(source);
    }
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENT_SECONDS);
    source.setApplicationName("stipend");
    // A pooler gives each transaction another session.
    source.setPrepareThreshold(0);
    try {
      source.setProperty(PGProperty.MAX_RESULT_BUFFER, LARGEST_ANSWER);
      Connection connection = source.getConnection();
      connection.setReadOnly(readOnly);
      connection.setAutoCommit(false);
      return new HostSession(connection, host);
    } catch (SQLException failure) {
      throw HostException.of(failure, host);
    }
  }

  private DatabaseUrl named(String secret) {
    String url =
        secrets
            .find(secret)
            .orElseThrow(
                () ->
                    new HostException(
                        "Secret %s is not there; it is to hold the URL of the database."
                            .formatted(secret)));
    requireKnownParameters(secret, url);
    try {
      return DatabaseUrl.parse(secret, url).encrypted();
    } catch (IllegalArgumentException noUrl) {
      throw new HostException(noUrl.getMessage() + ".");
    }
  }

  private static void requireKnownParameters(String secret, String url) {
    int query = url.indexOf('?');
    List<String> unknown =
        query < 0
            ? List.of()
            : Arrays.stream(url.substring(query + 1).split("&", -1))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !PARAMETERS.contains(name))
                .toList();
    if (!unknown.isEmpty()) {
      // What follows a question mark may be the end of a password.
      String named =
          unknown.stream().filter(name -> NAME.matcher(name).matches()).collect(joining(", "));
      throw new HostException(
          "The URL in secret %s has parameters that are not allowed%s. Leave them out, and percent-encode special characters of the password."
              .formatted(
                  secret, named.length() == 0 || url.lastIndexOf('@') > query ? "" : ": " + named));
    }
  }

  private void requireNamed(PGSimpleDataSource source) {
    for (String host : source.getServerNames()) {
      if (!allowed.allowsName(host)) {
        throw new HostException(
            "Host %s is not allowed; the operator may add it to STIPEND_SOURCE_HOSTS."
                .formatted(host));
      }
    }
  }

  private void guard(PGSimpleDataSource source) {
    source.setSocketFactory(GuardedSocketFactory.class.getName());
    source.setSocketFactoryArg(allowed.setting());
  }
}
