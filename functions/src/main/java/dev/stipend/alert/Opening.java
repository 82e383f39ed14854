package dev.stipend.alert;

import java.util.Optional;

/// Which opening of its key an alert is.
///
/// @param before how often the key opened before it
/// @param logged the alert as it is open already: superseded by a higher line that is over now
public record Opening(long before, Optional<LoggedAlert> logged) {
  /// An alert that is to be opened.
  static Opening after(long before) {
    return new Opening(before, Optional.empty());
  }

  /// A superseded alert that speaks for itself from now on.
  static Opening of(LoggedAlert superseded, long openings) {
    return new Opening(openings - 1, Optional.of(superseded));
  }
}
