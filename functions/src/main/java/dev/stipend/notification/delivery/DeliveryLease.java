package dev.stipend.notification.delivery;

import java.time.Instant;

/// A delivery that a worker may send until its lease ends.
///
/// @param key its identity
/// @param payload the snapshot to send, as JSON
/// @param attempt the number of this attempt, from 1; marks the result as this worker's
/// @param createdAt when it was staged
public record DeliveryLease(DeliveryKey key, String payload, int attempt, Instant createdAt) {}
