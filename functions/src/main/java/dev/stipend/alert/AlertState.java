package dev.stipend.alert;

/// Where an alert is in its life.
public enum AlertState {
  /// Its condition holds, and people were told: of it, or of a higher line that is over.
  OPEN,
  /// Its condition holds, and people were told of a higher line instead.
  SUPERSEDED,
  /// Its condition holds, and people were told of the budget above instead, which refuses all work.
  INHIBITED,
  /// Its condition became false before the period ended.
  RESOLVED,
  /// Its period ended.
  ENDED
}
