package dev.stipend.http;

import dev.stipend.http.usage.BodyText;
import io.micronaut.http.HttpRequest;

/// The body of a request that may be sent without one.
///
/// @param text blank where there is none
public record SentBody(String text) {
  public static final SentBody NONE = new SentBody("");

  /// Reads a body.
  ///
  /// @throws ProblemException if it is no text, or too large
  public static SentBody of(HttpRequest<?> request, byte[] bytes) {
    return new SentBody(BodyText.of(request, bytes));
  }
}
