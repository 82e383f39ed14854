package dev.stipend.console.key;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.KeyRecord;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/// A key, in words; never the key itself.
///
/// @param user whom it belongs to; empty where it belongs to nobody
/// @param isOwn whether it is that of whoever looks, who cannot revoke it
public record KeyModel(
    String id,
    String name,
    String prefix,
    String role,
    String user,
    Shown made,
    Optional<Shown> used,
    Optional<Shown> revoked,
    boolean isOwn) {
  static KeyModel of(KeyRecord key, UUID own, ZoneId zone, ConsoleText text) {
    return new KeyModel(
        key.id().toString(),
        key.name(),
        key.prefix(),
        Labels.of(key.role()),
        key.userId().orElse(""),
        text.time(key.createdAt(), zone),
        key.lastUsedAt().map(at -> text.time(at, zone)),
        key.revokedAt().map(at -> text.time(at, zone)),
        key.id().equals(own));
  }
}
