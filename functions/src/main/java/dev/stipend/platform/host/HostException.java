package dev.stipend.platform.host;

import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.network.GuardedSockets;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The database of a watched application did not do what it was asked. The message says why and
/// what to do, for people; it may name the host, and never has the password or a value.
public class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MALFORMED = "22P02";
  private static final String FORBIDDEN = "42501";

  /// The driver's own: no TLS at the server, no password given, a way to sign in that it lacks.
  private static final String REJECTED = "08004";

  private static final int LONGEST = 300;

  /// Connections, serialization, resources, the operator, the system.
  private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");

  /// A lock is held; the server is a standby; a row that is referred to has just been deleted.
  private static final Set<String> PASSING_STATES = Set.of("55P03", "25006", "23503");

  /// @param message why, and what to do
  public HostException(String message) {
    super(message);
  }

  private HostException(String message, @Nullable Throwable failure) {
    super(message, failure);
  }

  /// What a failure means.
  ///
  /// @param host the name of the host, as its secret has it
  static HostException of(SQLException failure, String host) {
    return new HostException(sentence(failure, host), failure);
  }

  /// Whether the same may work later though nobody changes what was asked: the host is out of reach
  /// or busy, or its rows have changed meanwhile.
  public boolean mayPass() {
    if (!(getCause() instanceof SQLException failure)
        || hasCause(failure, GuardedSockets.RefusedException.class)) {
      return false;
    }
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return PASSING_STATES.contains(state) || PASSING_CLASSES.stream().anyMatch(state::startsWith);
  }

  /// Whether a value is none of the type that it is compared with.
  public boolean isMalformed() {
    return getCause() instanceof SQLException failure && MALFORMED.equals(failure.getSQLState());
  }

  /// Whether the role lacks a privilege.
  public boolean isForbidden() {
    return getCause() instanceof SQLException failure && FORBIDDEN.equals(failure.getSQLState());
  }

  /// The same with what to do.
  public HostException with(String advice) {
    return new HostException(getMessage() + " " + advice, getCause());
  }

  private static String sentence(SQLException failure, String host) {
    if (hasCause(failure, GuardedSockets.RefusedException.class)) {
      return "Host "
          + host
          + " has an address that is not public; the operator may add its block to"
          + " STIPEND_SOURCE_HOSTS.";
    }
    if (hasCause(failure, UnknownHostException.class)) {
      return "Host " + host + " is not known to the name server; check the URL in the secret.";
    }
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "28P01", "28000" ->
          "Host " + host + " refused the user or the password; check the secret.";
      case REJECTED ->
          "Host %s refused the connection (%s); check user, password and sslmode in the secret."
              .formatted(host, ofDriver(failure));
      case "3D000" -> "Host " + host + " has no such database; check the URL in the secret.";
      case "55P03" -> "Somebody holds a lock on what is read; it is tried again later.";
      case "57014" -> "The host took longer than Stipend waits; an index may be missing.";
      case FORBIDDEN -> "The role may not do it (%s); grant it.".formatted(told(failure));
      case "42P01" -> "It is not there any more (%s).".formatted(told(failure));
      case "42703" -> "A column is not there any more (%s).".formatted(told(failure));
      case "53300", "53400" -> "Host " + host + " has no connection left.";
      default ->
          state.startsWith("08")
              ? "Host %s does not answer (%s).".formatted(host, state)
              : "The host's database refused it: %s.".formatted(told(failure));
    };
  }

  /// What the server says, without detail: that may have values.
  private static String told(SQLException failure) {
    @Nullable ServerErrorMessage server =
        failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
    @Nullable String message = server == null ? null : server.getMessage();
    return PrintableText.of(
        Objects.requireNonNullElse(message, "no reason given") + ", " + failure.getSQLState(),
        LONGEST);
  }

  /// What the driver says of a connection, which has no value of ours.
  private static String ofDriver(SQLException failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "no reason given");
    return PrintableText.of(message.replaceFirst("[.]$", ""), LONGEST);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(kind::isInstance);
  }
}
