package dev.stipend.report.summary;

/// How often a summary is written, and how long a time it tells of.
public enum SummaryFrequency {
  DAILY(1),
  WEEKLY(7);

  private final int days;

  SummaryFrequency(int days) {
    this.days = days;
  }

  int days() {
    return days;
  }
}
