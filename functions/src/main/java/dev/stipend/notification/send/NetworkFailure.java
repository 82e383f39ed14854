package dev.stipend.notification.send;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Says for people what went wrong on the way to a provider.
///
/// Looks at the types of exceptions only: their messages may hold an address, and an address may be
/// a secret.
public final class NetworkFailure {
  private NetworkFailure() {}

  /// A sentence's end, as in "Slack could not be reached: the connection was refused".
  public static String describe(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .flatMap(cause -> name(cause).stream())
        .findFirst()
        .orElse("the connection broke");
  }

  private static Optional<String> name(Throwable failure) {
    return switch (failure) {
      case UnknownHostException _, UnresolvedAddressException _ ->
          Optional.of("the name of its host is not known");
      case SSLException _ -> Optional.of("no secure connection could be made");
      // The JDK's connections report an unknown host as a refused one with this cause.
      case ConnectException refused when refused.getCause() instanceof UnresolvedAddressException ->
          Optional.empty();
      case ConnectException _ -> Optional.of("the connection was refused");
      case InterruptedIOException _, HttpTimeoutException _ ->
          Optional.of("it did not answer in time");
      default -> Optional.empty();
    };
  }
}
