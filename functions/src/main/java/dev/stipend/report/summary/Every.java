package dev.stipend.report.summary;

/// How often a summary is written, and how long a time it tells of.
public enum Every {
  DAILY(1),
  WEEKLY(7);

  private final int days;

  Every(int days) {
    this.days = days;
  }

  int days() {
    return days;
  }
}
