package dev.stipend.platform.metrics;

/// The names of all figures, and what they are counted in.
public enum Metric {
  EVENTS_RECORDED("EventsRecorded", Unit.COUNT),
  /// Events that came again with the same content.
  EVENTS_DUPLICATE("EventsDuplicate", Unit.COUNT),
  EVENTS_REJECTED("EventsRejected", Unit.COUNT),
  /// Recorded events that nobody can price.
  EVENTS_UNPRICED("EventsUnpriced", Unit.COUNT),
  /// Alerts that opened and are to be sent, one for each threshold.
  ALERTS_RAISED("AlertsRaised", Unit.COUNT),
  /// The longest that a change of a budget's spend has waited for its evaluation.
  EVALUATION_LAG("EvaluationLag", Unit.MILLISECONDS),
  /// The farthest that the spend of a hard limit is above it, in percent of the limit.
  OVERSHOOT("Overshoot", Unit.PERCENT),
  /// Notices that a channel's provider has taken.
  DELIVERIES_SENT("DeliveriesSent", Unit.COUNT),
  /// Attempts that did not work and are repeated.
  DELIVERIES_RETRIED("DeliveriesRetried", Unit.COUNT),
  /// Notices that a channel will not get.
  DELIVERIES_FAILED("DeliveriesFailed", Unit.COUNT),
  /// Requests that a hard limit refused.
  RESERVE_DENIALS("ReserveDenials", Unit.COUNT),
  /// Steps of a sweep that could not be done.
  SWEEP_STEPS_FAILED("SweepStepsFailed", Unit.COUNT),
  /// Rows of sources that are new.
  SOURCE_ROWS("SourceRows", Unit.COUNT),
  /// Sources that could not be read.
  SOURCES_FAILED("SourcesFailed", Unit.COUNT),
  /// Rows that cannot be worked on, and are set aside.
  SET_ASIDE("SetAside", Unit.COUNT),
  /// Totals that differed from the ledger, which is a defect.
  RECONCILE_DIFFERENCES("ReconcileDifferences", Unit.COUNT),
  /// Stacks whose database could not be migrated.
  MIGRATIONS_FAILED("MigrationsFailed", Unit.COUNT);

  /// What CloudWatch calls units.
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    PERCENT("Percent");

    private final String label;

    Unit(String label) {
      this.label = label;
    }
  }

  private final String label;
  private final Unit unit;

  Metric(String label, Unit unit) {
    this.label = label;
    this.unit = unit;
  }

  /// As CloudWatch knows it.
  public String label() {
    return label;
  }

  /// The unit as CloudWatch knows it.
  String unit() {
    return unit.label;
  }
}
