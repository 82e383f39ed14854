package dev.stipend.platform.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a request came from and where it was sent to, as the gateway tells it.
///
/// @param request of which only headers are read
public record SentFrom(HttpRequest<?> request) {
  private static final String SITE = "Sec-Fetch-Site";
  private static final String SAME_ORIGIN = "same-origin";
  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int IPV6_NETWORK = 8;

  /// The address that sent it. A gateway writes the one that it sees behind those that it was told.
  public Optional<InetAddress> address() {
    String all = header("X-Forwarded-For").orElse("");
    try {
      return Optional.of(InetAddress.ofLiteral(all.substring(all.lastIndexOf(',') + 1).strip()));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /// The network of one subscriber: an address of IPv4, or the first half of one of IPv6. Empty
  /// text where nobody told it.
  public String subscriber() {
    return address().map(SentFrom::subscriber).orElse("");
  }

  private static String subscriber(InetAddress address) {
    String text = address.getHostAddress();
    byte[] bytes = address.getAddress();
    return bytes.length <= IPV6_NETWORK
        ? text
        : text.substring(0, ordinalOf(text, ':', IPV6_NETWORK / 2));
  }

  private static int ordinalOf(String text, char wanted, int ordinal) {
    int at = -1;
    for (int i = 0; i < ordinal; i++) {
      at = text.indexOf(wanted, at + 1);
    }
    return at;
  }

  /// The host that it was sent to, with its port where that is no usual one.
  public String host() {
    return header(HttpHeaders.HOST).orElse("").toLowerCase(Locale.ROOT);
  }

  /// The origin of the pages that are served to it.
  public String origin() {
    String scheme = header("X-Forwarded-Proto").orElse("https");
    return scheme.toLowerCase(Locale.ROOT) + "://" + host();
  }

  /// Whether it is for this machine itself and never left it: then it is not encrypted.
  public boolean isLocal() {
    String host = host().replaceFirst(":\\d+$", "");
    return LOCAL_HOSTS.contains(host)
        && origin().startsWith("http://")
        && address().filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /// Whether a page of the same origin sent it. What says nothing of itself is not believed.
  public boolean isSameOrigin() {
    Optional<String> site = header(SITE);
    Optional<String> origin = header(HttpHeaders.ORIGIN);
    boolean isSaid = site.isPresent() || origin.isPresent();
    return isSaid
        && site.filter(text -> !text.equals(SAME_ORIGIN)).isEmpty()
        && origin.filter(text -> !isOwn(text)).isEmpty();
  }

  /// Whether a page of another origin sent it, other than by a link that somebody followed.
  public boolean isForeign() {
    boolean isVisit =
        "navigate".equals(header("Sec-Fetch-Mode").orElse(""))
            && "document".equals(header("Sec-Fetch-Dest").orElse(""));
    return header(HttpHeaders.ORIGIN).filter(text -> !isOwn(text)).isPresent()
        || header(SITE)
            .filter(text -> !text.equals(SAME_ORIGIN) && !text.equals("none") && !isVisit)
            .isPresent();
  }

  private boolean isOwn(String origin) {
    try {
      URI uri = URI.create(origin.toLowerCase(Locale.ROOT));
      return origin().equals(uri.getScheme() + "://" + uri.getAuthority());
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }
}
