package dev.stipend.tenant;

import java.time.Instant;
import java.util.UUID;

/// A deed in the audit log.
///
/// @param id its identity within the workspace; a denial's is its decision id
/// @param deed who did what
/// @param at when
public record AuditEntry(UUID id, AuditEvent deed, Instant at) {}
