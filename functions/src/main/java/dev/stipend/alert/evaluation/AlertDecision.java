package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.Suppression;
import dev.stipend.platform.wording.Reason;
import java.time.Instant;
import java.util.Optional;

/// What to do about one threshold of one counter, and why. Thresholds for which nothing changes
/// have no decision.
public sealed interface AlertDecision {
  /// What was compared with what.
  Reason reason();

  /// Open an alert and notify people. Which channels are spared, because they know more already, is
  /// decided when it is sent.
  ///
  /// @param opening how often the key opened before
  /// @param adopted the open alert that the release before this one logged without notifying
  ///     anybody
  /// @param heldUntil until when it is held back, because its key has opened too often lately
  /// @param suppression why people are not to be notified now
  record Raise(
      AlertThreshold line,
      long opening,
      Optional<LoggedAlert> adopted,
      Reason reason,
      Optional<Instant> heldUntil,
      Optional<Suppression> suppression)
      implements AlertDecision {}

  /// Close an open alert and notify people: what they know no longer holds.
  record Resolve(LoggedAlert alert, Reason reason) implements AlertDecision {}

  /// Close an open alert without notice: its period ended, and the new one starts from nothing.
  record End(LoggedAlert alert, Reason reason) implements AlertDecision {}
}
