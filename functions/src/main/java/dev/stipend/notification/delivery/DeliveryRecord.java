package dev.stipend.notification.delivery;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A delivery as an alert shows it.
///
/// @param channel the channel's name
/// @param kind how it reaches people
/// @param purpose `raised`, `recovered`, or `undelivered` if it stands in for another channel
/// @param status where it is in its life
/// @param attempts how often it was tried
/// @param lastError why the last attempt did not work, or why there was none
/// @param suppressedBy what keeps it from people, such as a silence with its reason; only while its
///     status is `suppressed`
/// @param suppressedUntil when it is looked at again, and told if the alert still holds; absent if
///     it is never told
/// @param nextAttemptAt since when it may be sent, or from when it is tried again; absent where
///     nothing is to be sent
@Serdeable
public record DeliveryRecord(
    UUID alertId,
    String channel,
    String kind,
    String purpose,
    String status,
    int attempts,
    Optional<Instant> sentAt,
    Optional<String> lastError,
    Optional<String> suppressedBy,
    Optional<Instant> suppressedUntil,
    Optional<Instant> nextAttemptAt) {}
