package dev.stipend.http.key;

import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.IssuedKey;
import dev.stipend.tenant.KeyRecord;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A key that was just made.
///
/// @param key the key itself; absent when the request is repeated, because it is kept nowhere
/// @param note what to do about that
@Serdeable
record IssuedKeyResponse(
    UUID id,
    String name,
    String prefix,
    String role,
    Optional<String> userId,
    Instant createdAt,
    Optional<String> key,
    String note) {
  private static final String SHOWN = "Keep the key now: it is shown this once.";
  private static final String NOT_AGAIN =
      "The key was shown in the first answer to this request and is kept nowhere. If that answer is"
          + " lost, revoke this key and make another, with another idempotency key.";

  static IssuedKeyResponse of(IssuedKey issued) {
    KeyRecord record = issued.record();
    return new IssuedKeyResponse(
        record.id(),
        record.name(),
        record.prefix(),
        Labels.of(record.role()),
        record.userId(),
        record.createdAt(),
        Optional.of(issued.key()),
        SHOWN);
  }

  /// What may be kept of it.
  IssuedKeyResponse withoutKey() {
    return new IssuedKeyResponse(
        id, name, prefix, role, userId, createdAt, Optional.empty(), NOT_AGAIN);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
