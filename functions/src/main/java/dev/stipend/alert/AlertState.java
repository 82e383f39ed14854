package dev.stipend.alert;

/// Where an alert is in its life.
public enum AlertState {
  /// Its condition holds, and people were told.
  OPEN,
  /// Its condition holds, and people were told of a higher line instead.
  SUPERSEDED,
  /// Its condition became false before the period ended.
  RESOLVED,
  /// Its period ended.
  ENDED
}
