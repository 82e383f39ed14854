package dev.stipend.tenant;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What may be shown of a key: everything but the key.
///
/// @param id its identity within the workspace
/// @param name its name for people
/// @param prefix how the key begins, so that its owner recognises it
/// @param role what it may do
/// @param userId the user whom it belongs to, where it belongs to one
/// @param createdAt when it was made
/// @param lastUsedAt when it was last used, to the hour; empty if it never was
/// @param revokedAt from when on it is refused; empty while it is valid
public record KeyRecord(
    UUID id,
    String name,
    String prefix,
    Role role,
    Optional<String> userId,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt) {}
