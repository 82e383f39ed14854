package dev.stipend.notification.delivery;

/// Where a delivery is in its life.
public enum DeliveryStatus {
  PENDING,
  SENDING,
  RETRYING,
  SENT,
  FAILED,
  /// Kept silent, for good or for a time.
  SUPPRESSED
}
