package dev.stipend.alert;

import dev.stipend.platform.json.Labels;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// How far people are with an alert.
public enum AlertStage {
  /// It holds, and nobody has said anything about it.
  OPEN,
  /// It holds, and somebody has seen it.
  ACKNOWLEDGED,
  /// It holds, and is silent for a time.
  SNOOZED,
  /// It is over.
  CLOSED;

  /// The states, as they are stored, of what is over.
  static final List<String> CLOSED_STATES =
      Stream.of(AlertState.RESOLVED, AlertState.ENDED).map(Labels::of).toList();

  /// The stage of an alert at an instant.
  public static AlertStage of(AlertRecord alert, Instant now) {
    if (alert.state() != AlertState.OPEN) {
      return CLOSED;
    }
    if (alert.acknowledgedAt().isPresent()) {
      return ACKNOWLEDGED;
    }
    return alert.snoozedUntil().filter(now::isBefore).isPresent() ? SNOOZED : OPEN;
  }
}
