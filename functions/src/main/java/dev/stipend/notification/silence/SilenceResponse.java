package dev.stipend.notification.silence;

import dev.stipend.platform.json.Labels;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A silence as the API shows it. All of `scope`, `scopeId`, `budgetId` and `channelId` that are
/// there have to fit.
///
/// @param active whether it holds now
@Serdeable
public record SilenceResponse(
    UUID id,
    Optional<String> scope,
    Optional<String> scopeId,
    Optional<UUID> budgetId,
    Optional<UUID> channelId,
    Instant from,
    Instant until,
    boolean active,
    String reason,
    String createdBy,
    Instant createdAt) {
  public static SilenceResponse of(Silence silence, Instant now) {
    SilenceMatcher matcher = silence.matcher();
    return new SilenceResponse(
        silence.id(),
        matcher.scope().map(Labels::of),
        matcher.scopeId(),
        matcher.budgetId(),
        matcher.channelId(),
        silence.from(),
        silence.until(),
        silence.isActive(now),
        silence.reason(),
        silence.createdBy(),
        silence.createdAt());
  }
}
