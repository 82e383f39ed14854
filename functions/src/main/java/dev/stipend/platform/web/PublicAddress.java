package dev.stipend.platform.web;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where people outside reach this deployment: for links in messages.
///
/// An address that is configured wins. Without one it is the domain that the gateway answers at: a
/// template gives it to every function but the API's own, which learns it from the request that it
/// serves.
@Singleton
public class PublicAddress {
  private static final String WELL_FORMED = "https?://[\\x21-\\x7E]+";

  private final Optional<String> console;
  private final Optional<String> api;
  private volatile String known = "";
  private volatile Optional<String> reached = Optional.empty();

  /// @param console of the console, where it has one of its own
  /// @param api of the API, which serves the console too
  public PublicAddress(
      @Nullable @Value("${console.url:}") String console,
      @Nullable @Value("${api.url:}") String api) {
    this.console = address(console);
    this.api = address(api);
  }

  private static Optional<String> address(@Nullable String url) {
    return Optional.ofNullable(url)
        .map(String::strip)
        .filter(text -> text.matches(WELL_FORMED))
        .map(text -> text.replaceFirst("/+$", ""));
  }

  /// Notes where the gateway was reached.
  ///
  /// @param domain as the gateway itself tells it, not as a header does; null where it told none
  public void reachedAt(@Nullable String domain) {
    if (domain != null && !domain.equals(known)) {
      known = domain;
      reached = address("https://" + domain);
    }
  }

  /// Where the console is; empty where nobody knows.
  public Optional<String> console() {
    return console.or(() -> api).or(() -> reached);
  }

  /// Where the API is; empty where nobody knows.
  public Optional<String> api() {
    return api.or(() -> console).or(() -> reached);
  }
}
