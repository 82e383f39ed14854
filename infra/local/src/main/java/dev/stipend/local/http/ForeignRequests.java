package dev.stipend.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Refuses what comes from elsewhere: requests for another host's name, which a foreign page may
/// have bound to this machine, and requests that pages of other origins send. The port asks for no
/// key, and a page that a developer happens to visit must not reach it.
final class ForeignRequests {
  private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private ForeignRequests() {}

  /// Why a request is refused; empty if it is not.
  ///
  /// @param port the port that the request came to
  static Optional<String> refusal(HttpExchange exchange, int port) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (host == null || !isOwn(host, port)) {
      return Optional.of("this port serves localhost only");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !isOwnOrigin(origin, port)) {
      return Optional.of("pages of other origins may not use this port");
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean isForeign = site != null && !OWN_SITES.contains(site);
    return isForeign && !isVisit(exchange.getRequestMethod(), headers)
        ? Optional.of("pages of other origins may not use this port")
        : Optional.empty();
  }

  /// Whether somebody follows a link, such as the one in a mail.
  private static boolean isVisit(String method, Headers headers) {
    return READING.contains(method)
        && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
        && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
  }

  private static boolean isOwn(String authority, int port) {
    String suffix = ":" + port;
    return authority.endsWith(suffix)
        && OWN_HOSTS.contains(authority.substring(0, authority.length() - suffix.length()));
  }

  private static boolean isOwnOrigin(String origin, int port) {
    try {
      URI uri = URI.create(origin);
      return "http".equals(uri.getScheme())
          && uri.getAuthority() != null
          && isOwn(uri.getAuthority(), port);
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }
}
