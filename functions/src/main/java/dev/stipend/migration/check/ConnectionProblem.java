package dev.stipend.migration.check;

import dev.stipend.migration.database.DatabaseLocation;
import dev.stipend.platform.sql.DatabaseUrl;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Says why a connection could not be made, and what to do about it.
public final class ConnectionProblem {
  private ConnectionProblem() {}

  public static MigrationProblem of(SQLException failure, DatabaseUrl url) {
    DatabaseLocation place = DatabaseLocation.of(url);
    String user = url.user().orElse("the user");
    String state = String.valueOf(failure.getSQLState());
    String message = String.valueOf(failure.getMessage());
    return switch (state) {
      case "28P01" ->
          problem(
              MigrationProblem.Kind.AUTHENTICATION,
              "The server refuses the password of %s.".formatted(user),
              "Put the current password into DATABASE_URL, percent-encoded.");
      case "28000" ->
          message.contains("no encryption") || message.contains("SSL off")
              ? problem(
                  MigrationProblem.Kind.TLS,
                  place.host() + " accepts only encrypted connections.",
                  "Add sslmode=verify-full to DATABASE_URL.")
              : problem(
                  MigrationProblem.Kind.AUTHENTICATION,
                  "The server does not admit %s.".formatted(user),
                  "Create the role with LOGIN, and let pg_hba.conf admit it from here.");
      case "3D000" ->
          problem(
              MigrationProblem.Kind.DATABASE_MISSING,
              "There is no database %s on %s.".formatted(place.database(), place.host()),
              "Create it (CREATE DATABASE), or correct its name at the end of DATABASE_URL.");
      case "53300" -> tooMany(message, user, place);
      case "57P03" ->
          problem(
              MigrationProblem.Kind.STARTING_UP,
              place.host() + " is starting up or shutting down.",
              "Try again in a minute.");
      default -> network(failure, place);
    };
  }

  /// The limit may be the server's, the database's or the role's.
  private static MigrationProblem tooMany(String message, String user, DatabaseLocation place) {
    if (message.contains("for role") || message.contains("for database")) {
      String whose = message.contains("for role") ? "role " + user : "database " + place.database();
      return problem(
          MigrationProblem.Kind.TOO_MANY_CONNECTIONS,
          "All connections that %s may have on %s are in use.".formatted(whose, place.host()),
          "End idle ones, or raise the limit: ALTER %s CONNECTION LIMIT ….".formatted(whose));
    }
    return problem(
        MigrationProblem.Kind.TOO_MANY_CONNECTIONS,
        place.host() + " has no connection left.",
        "End idle sessions, lower the functions' concurrency, or raise max_connections.");
  }

  private static MigrationProblem network(SQLException failure, DatabaseLocation place) {
    if (has(failure, UnknownHostException.class)) {
      return problem(
          MigrationProblem.Kind.DNS,
          "The name %s is not known.".formatted(place.host()),
          "Correct the host in DATABASE_URL; a private name needs the function in its VPC.");
    }
    if (has(failure, SSLException.class)
        || String.valueOf(failure.getMessage()).contains("does not support SSL")) {
      return problem(
          MigrationProblem.Kind.TLS,
          "No encrypted connection to %s: %s.".formatted(place.host(), innermost(failure)),
          "Give sslmode and sslrootcert in DATABASE_URL as the server's certificate needs them.");
    }
    if (has(failure, ConnectException.class)) {
      return problem(
          MigrationProblem.Kind.CONNECTION,
          "%s refused the connection.".formatted(place.host()),
          "Start the server, or correct host and port in DATABASE_URL.");
    }
    if (has(failure, SocketTimeoutException.class) || has(failure, NoRouteToHostException.class)) {
      return problem(
          MigrationProblem.Kind.CONNECTION,
          "%s does not answer.".formatted(place.host()),
          "Let the function's security group and subnets reach the database's port.");
    }
    if (String.valueOf(failure.getMessage()).startsWith("Protocol error")) {
      return problem(
          MigrationProblem.Kind.CONNECTION,
          "What answers at %s is not PostgreSQL.".formatted(place.host()),
          "Correct host and port in DATABASE_URL.");
    }
    return problem(
        MigrationProblem.Kind.CONNECTION,
        "No connection to %s: %s.".formatted(place.host(), innermost(failure)),
        "Look at the server's log.");
  }

  private static MigrationProblem problem(MigrationProblem.Kind kind, String cause, String fix) {
    return new MigrationProblem(kind, cause, fix);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .map(line -> line.replaceFirst("\\.$", ""))
        .orElse(cause.getClass().getSimpleName());
  }
}
