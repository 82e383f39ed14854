package dev.stipend.alert;

/// What an alert is about.
public enum AlertType {
  /// Spend reached a threshold below the limit.
  LIMIT_WARNING,
  /// Spend reached the limit, or a threshold above it.
  LIMIT_EXCEEDED,
  /// Spend is expected to reach a threshold by the end of the period.
  APPROACHING_LIMIT,
  /// An hour cost far more than it usually does.
  UNUSUAL_ACTIVITY,
  /// Nothing is recorded, for longer than is usual.
  STALE_DATA,
  /// Usage was recorded that nobody could price.
  UNPRICED_USAGE,
  /// A period that is over reached a threshold after its end, by events that came late.
  RESTATED;

  /// Whether both say how far spend has gone, or are the same: who knows of one knows what the
  /// other is about.
  boolean isOfSameMatter(AlertType other) {
    return this == other || (isSpendLine() && other.isSpendLine());
  }

  /// Whether it is over when spend falls far enough.
  public boolean followsSpend() {
    return isSpendLine() || this == RESTATED;
  }

  /// Whether only an evaluation of the forecast can change it.
  public boolean looksAhead() {
    return this == APPROACHING_LIMIT || this == UNUSUAL_ACTIVITY || this == STALE_DATA;
  }

  private boolean isSpendLine() {
    return this == LIMIT_WARNING || this == LIMIT_EXCEEDED;
  }
}
