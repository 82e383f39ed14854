package dev.stipend.metric;

/// The names of all figures.
public enum Metric {
  EVENTS_RECORDED("EventsRecorded"),
  /// Events that came again with the same content.
  EVENTS_DUPLICATE("EventsDuplicate"),
  EVENTS_REJECTED("EventsRejected"),
  /// Recorded events that nobody can price.
  EVENTS_UNPRICED("EventsUnpriced"),
  /// Requests that a hard limit refused.
  RESERVE_DENIALS("ReserveDenials"),
  /// Totals that differed from the ledger, which is a defect.
  RECONCILE_DIFFERENCES("ReconcileDifferences"),
  /// Stacks that were told that their database is not migrated.
  MIGRATIONS_FAILED("MigrationsFailed");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /// As CloudWatch knows it.
  public String label() {
    return label;
  }
}
