package dev.stipend.notification.slack;

import dev.stipend.platform.wording.OneLine;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The address of an incoming webhook. Whoever knows it can post, so it shows itself to nobody.
///
/// @param variable the name of the secret that holds it
/// @param value the address
record WebhookUrl(String variable, String value) {
  private static final Pattern SEPARATORS = Pattern.compile("[/?&=#]+");
  private static final List<String> PUBLIC_PARTS = List.of("services", "workflows", "triggers");

  /// Reads it, if it is an absolute web address.
  static Optional<WebhookUrl> parse(String variable, String secret) {
    String value = secret.strip();
    try {
      URI uri = new URI(value);
      boolean isWeb =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      return isWeb && uri.getHost() != null
          ? Optional.of(new WebhookUrl(variable, value))
          : Optional.empty();
    } catch (URISyntaxException itsMessageHoldsTheSecret) {
      return Optional.empty();
    }
  }

  /// The text, on one line, without anything of the address that is secret: a server or proxy may
  /// send back what it was asked for.
  String redact(String text) {
    URI uri = URI.create(value);
    String secret =
        Stream.of(uri.getRawPath(), uri.getRawQuery(), uri.getRawFragment(), uri.getRawUserInfo())
            .filter(part -> part != null)
            .flatMap(SEPARATORS::splitAsStream)
            .filter(part -> part.length() > 1 && !PUBLIC_PARTS.contains(part))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    String line = OneLine.of(text);
    return secret.isEmpty()
        ? line
        : Pattern.compile(secret, Pattern.CASE_INSENSITIVE).matcher(line).replaceAll("***");
  }

  @Override
  public String toString() {
    return variable;
  }
}
