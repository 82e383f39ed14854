package dev.stipend.spend;

/// What became of one event.
public enum Fate {
  RECORDED,
  /// Recorded, at no cost that anybody knows.
  UNPRICED,
  /// Recorded before, with the same content.
  DUPLICATE,
  /// Refused: its id belongs to an event of other content.
  CONFLICT
}
