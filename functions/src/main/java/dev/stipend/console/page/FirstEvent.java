package dev.stipend.console.page;

import dev.stipend.platform.web.SentFrom;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/// What somebody pastes into a terminal to report a first event.
///
/// @param command for a shell
/// @param hasKey whether the key is in it
public record FirstEvent(String command, boolean hasKey) {
  private static final String KEY = "YOUR_KEY";

  /// The command for the address that a request was sent to.
  ///
  /// @param key that is known to be theirs
  public static FirstEvent of(HttpRequest<?> request, Optional<String> key) {
    return new FirstEvent(
        """
        curl -X POST %s/api/usage \\
          -H "Content-Type: application/json" -H "X-API-Key: %s" \\
          -d '{"events": [{"eventId": "first-event", "occurredAt": "'$(date -u +%%FT%%TZ)'",
               "userId": "local", "agentId": "research", "provider": "openai",
               "model": "gpt-4o", "inputTokens": 1200, "outputTokens": 300}]}'\
        """
            .formatted(new SentFrom(request).origin(), key.orElse(KEY)),
        key.isPresent());
  }
}
