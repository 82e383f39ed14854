package dev.stipend.notification.delivery;

/// What became of an attempt to send. Published as an application event after it is written down.
///
/// @param notices how many notices it carried
public record DeliveriesAttempted(Outcome outcome, int notices) {
  /// What became of it.
  public enum Outcome {
    SENT,
    RETRIED,
    FAILED
  }
}
