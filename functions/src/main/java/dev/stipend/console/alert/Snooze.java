package dev.stipend.console.alert;

import dev.stipend.alert.AlertRecord;
import dev.stipend.platform.json.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// For how long people snooze an alert.
enum Snooze {
  HOUR,
  /// Until its period ends.
  RESET;

  /// The field of forms.
  static final String FIELD = "for";

  private static final Duration LONGEST = Duration.ofDays(366);

  static Optional<Snooze> of(Optional<String> label) {
    return label.flatMap(sent -> Labels.find(Snooze.class, sent));
  }

  /// When it ends for an alert; empty where that is past, or further away than anything is snoozed.
  Optional<Instant> until(AlertRecord alert, Instant now) {
    Instant until =
        switch (this) {
          case HOUR -> now.plus(Duration.ofHours(1));
          case RESET -> alert.period().end();
        };
    return Optional.of(until)
        .filter(now::isBefore)
        .filter(end -> Duration.between(now, end).compareTo(LONGEST) <= 0);
  }
}
