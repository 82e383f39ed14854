package dev.stipend.notification.channel;

import dev.stipend.notification.send.SendOutcome;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/// What came of a test message.
///
/// @param outcome `sent`; `failed`, which will not heal by itself; or `retry`, which may
/// @param error what the provider said, or what is missing
/// @param providerMessageId the provider's name for the message
@Serdeable
public record ProbeResponse(
    String outcome, Optional<String> error, Optional<String> providerMessageId) {
  static ProbeResponse of(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Sent sent ->
          new ProbeResponse("sent", Optional.empty(), sent.providerMessageId());
      case SendOutcome.Failed failed ->
          new ProbeResponse("failed", Optional.of(failed.reason()), Optional.empty());
      case SendOutcome.Retry retry ->
          new ProbeResponse("retry", Optional.of(retry.reason()), Optional.empty());
      case SendOutcome.Declined declined ->
          new ProbeResponse("failed", Optional.of(declined.reason()), Optional.empty());
    };
  }
}
