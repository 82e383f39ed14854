package dev.stipend.http.key;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.AuditEntry;
import dev.stipend.tenant.AuditEvent;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An entry of the audit log as the API shows it.
///
/// @param before the target before, as JSON; absent where there was none
/// @param after the target after, or what was answered, as JSON; absent where there is none
@Serdeable
record AuditResponse(
    UUID id,
    Instant at,
    String actor,
    String action,
    String target,
    Optional<Object> before,
    Optional<Object> after) {
  static AuditResponse of(AuditEntry entry) {
    AuditEvent deed = entry.deed();
    return new AuditResponse(
        entry.id(),
        entry.at(),
        deed.actor(),
        deed.action(),
        deed.target(),
        deed.before().map(ExactJson::parse),
        deed.after().map(ExactJson::parse));
  }
}
