package dev.stipend.report.summary;

/// How often a summary is written, and the length of time it covers.
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
