package dev.stipend.notification.silence;

import java.time.Instant;
import java.util.UUID;

/// A time in which some notices are logged and not sent.
///
/// @param workspaceId the tenant
/// @param id its identity within the tenant
/// @param matcher which notices
/// @param from the first instant of silence
/// @param until the first instant after it
/// @param reason why, for people
/// @param createdBy who asked for it
/// @param createdAt when it was asked for
public record Silence(
    UUID workspaceId,
    UUID id,
    SilenceMatcher matcher,
    Instant from,
    Instant until,
    String reason,
    String createdBy,
    Instant createdAt) {
  /// Whether it holds now.
  public boolean isActive(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }
}
