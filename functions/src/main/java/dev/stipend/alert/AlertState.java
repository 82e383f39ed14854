package dev.stipend.alert;

import dev.stipend.platform.json.Labels;
import java.util.List;

/// Where an alert is in its life.
public enum AlertState {
  /// Its condition holds.
  OPEN,
  /// Its condition became false before the period ended.
  RESOLVED,
  /// Its period ended.
  ENDED;

  /// How the previous release stored an alert that a higher threshold superseded. Nobody was
  /// notified of it.
  static final String SUPERSEDED = "superseded";

  /// How the release before this one stored an alert that it kept back.
  static final String INHIBITED = "inhibited";

  /// The stored labels that are read as this state.
  List<String> stored() {
    return this == OPEN
        ? List.of(Labels.of(this), SUPERSEDED, INHIBITED)
        : List.of(Labels.of(this));
  }

  /// Reads a stored state. States that only the previous release had count as open.
  static AlertState read(String label) {
    return label.equals(SUPERSEDED) || label.equals(INHIBITED)
        ? OPEN
        : Labels.parse(AlertState.class, label);
  }
}
