package dev.stipend.alert;

import java.util.Optional;

/// What to do about one line of one counter, and why. Lines for which nothing changes have no
/// decision.
public sealed interface AlertDecision {
  /// For people: what was compared with what.
  String reason();

  /// Open an alert and tell people: the line was reached, and no higher one is open. If one was,
  /// and is over, those are told whom nobody told of it.
  ///
  /// @param opening how often the key opened before
  /// @param superseded the alert as it is open already, where a higher line spoke for it until now
  /// @param hush why people are not told now: they have acknowledged or snoozed an alert that is as
  ///     severe
  record Raise(
      AlertLine line,
      long opening,
      Optional<LoggedAlert> superseded,
      String reason,
      Optional<Hush> hush)
      implements AlertDecision {}

  /// Open an alert and tell nobody: people hear of a higher line, and one message is better than
  /// two.
  ///
  /// @param opening how often the key opened before
  record Supersede(AlertLine line, long opening, String reason) implements AlertDecision {}

  /// Open an alert and tell nobody for now: a budget above refuses all work already, and its alert
  /// speaks for this one.
  ///
  /// @param opening how often the key opened before
  /// @param superseded the alert as it is open already, where a higher line spoke for it until now
  record Inhibit(
      AlertLine line, long opening, Optional<LoggedAlert> superseded, String reason, Hush hush)
      implements AlertDecision {}

  /// Close an open alert and tell people: what they were told is no longer so.
  record Resolve(LoggedAlert alert, String reason) implements AlertDecision {}

  /// Close an open alert and tell nobody: its period ended, and the new one starts from nothing.
  record End(LoggedAlert alert, String reason) implements AlertDecision {}
}
