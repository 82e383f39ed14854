package dev.stipend.migration.report;

import dev.stipend.platform.sql.DatabaseUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes the password out of whatever is said, however it got in.
public final class Redaction {
  private static final Pattern PARAMETER = Pattern.compile("[?&]password=([^&]+)");
  private static final Pattern IN_URL = Pattern.compile("(postgres(?:ql)?://[^:/@\\s]+:)[^@\\s]+@");
  private static final String HIDDEN = "…";

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  public static Redaction none() {
    return new Redaction(List.of());
  }

  public static Redaction of(DatabaseUrl url) {
    Matcher parameter = PARAMETER.matcher(url.jdbcUrl());
    Optional<String> encoded =
        parameter.find() ? Optional.of(parameter.group(1)) : Optional.empty();
    return new Redaction(
        Stream.of(
                url.password(),
                encoded,
                encoded.map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8)))
            .flatMap(Optional::stream)
            // A password that is the user's name hides nothing, and taking it out would cost words.
            .filter(secret -> !secret.isBlank() && !url.user().equals(Optional.of(secret)))
            .toList());
  }

  public String of(String text) {
    String clean = IN_URL.matcher(text).replaceAll("$1" + HIDDEN + "@");
    for (String secret : secrets) {
      clean = clean.replace(secret, HIDDEN);
    }
    return clean;
  }
}
