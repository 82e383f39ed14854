package dev.stipend.tenant;

import dev.stipend.platform.json.JsonText;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/// Makes and revokes keys for an admin, in one transaction with what the audit log says of it.
@Singleton
public class KeyDesk {
  private final KeyRing keys;
  private final AuditLog audit;
  private final JsonText json;

  KeyDesk(KeyRing keys, AuditLog audit, JsonText json) {
    this.keys = keys;
    this.audit = audit;
    this.json = json;
  }

  /// Makes a key.
  @Transactional
  public IssuedKey create(Caller caller, NewKey wanted, Instant now) {
    IssuedKey issued = keys.create(caller.workspace().id(), wanted, now);
    write(caller, "key.create", Optional.empty(), issued.record(), now);
    return issued;
  }

  /// Revokes a key of the caller's workspace. It is refused from the next request on.
  @Transactional
  public Revocation revoke(Caller caller, KeyRecord key, Instant now) {
    Revocation came = keys.revoke(caller.workspace().id(), key.id(), caller.keyId(), now);
    if (came == Revocation.REVOKED) {
      keys.find(caller.workspace().id(), key.id())
          .ifPresent(after -> write(caller, "key.revoke", Optional.of(key), after, now));
    }
    return came;
  }

  private void write(
      Caller caller, String action, Optional<KeyRecord> before, KeyRecord after, Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "key " + after.id(),
            before.map(KeyResponse::of).map(json::write),
            Optional.of(json.write(KeyResponse.of(after)))),
        now);
  }
}
