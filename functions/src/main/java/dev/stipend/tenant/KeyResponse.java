package dev.stipend.tenant;

import dev.stipend.platform.json.Labels;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A key as the API shows it: never the key itself.
///
/// @param prefix how the key begins
/// @param lastUsedAt to the hour
@Serdeable
public record KeyResponse(
    UUID id,
    String name,
    String prefix,
    String role,
    Optional<String> userId,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt) {
  public static KeyResponse of(KeyRecord key) {
    return new KeyResponse(
        key.id(),
        key.name(),
        key.prefix(),
        Labels.of(key.role()),
        key.userId(),
        key.createdAt(),
        key.lastUsedAt(),
        key.revokedAt());
  }
}
