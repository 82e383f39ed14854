package dev.stipend.ingest.source;

import java.time.Instant;

/// A row that is to be looked at again.
///
/// @param rowId its id in the host
/// @param rejected whether it cannot be recorded; otherwise its cost is not final
/// @param reason why
/// @param occurredAt its time as the host writes it
/// @param seenAt when it was first read
/// @param nextLookAt when it is read again
public record KeptRow(
    String rowId,
    boolean rejected,
    String reason,
    String occurredAt,
    Instant seenAt,
    Instant nextLookAt) {}
