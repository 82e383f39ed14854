package dev.stipend.notification.send;

import java.time.Duration;
import java.util.Optional;

/// What came of an attempt to send. The type says whether to try again.
public sealed interface SendOutcome {
  /// The provider has taken the message.
  ///
  /// @param providerMessageId its name for it, where it gives one
  record Sent(Optional<String> providerMessageId) implements SendOutcome {}

  /// It may work later: the provider is busy, broken or out of reach.
  ///
  /// @param reason for people; holds no secret
  /// @param after how long the provider asks to wait, where it does
  record Retry(String reason, Optional<Duration> after) implements SendOutcome {}

  /// It will not work, however often it is tried: the channel is wrong or gone.
  ///
  /// @param reason for people; holds no secret
  record Failed(String reason) implements SendOutcome {}

  /// The channel works, and has no place for this: it is not sent, nor tried again.
  ///
  /// @param reason for people; holds no secret
  record Declined(String reason) implements SendOutcome {}

  /// Whether what an HTTP status refuses may be accepted later.
  static boolean mayPass(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }
}
