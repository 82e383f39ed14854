package dev.stipend.platform.metrics;

import org.slf4j.MDC;

/// The fields that say what a log line is about, for finding all lines about one thing.
public enum LogField {
  WORKSPACE("workspaceId"),
  BUDGET("budgetId"),
  ALERT("alertId"),
  CHANNEL("channelId");

  private final String label;

  LogField(String label) {
    this.label = label;
  }

  /// Has the lines of this thread carry it until it is closed.
  public MDC.MDCCloseable of(Object id) {
    return MDC.putCloseable(label, id.toString());
  }
}
