package dev.stipend.ingest.source;

import dev.stipend.ingest.ledger.UsageEvent;
import java.util.Optional;

/// A row of a host, once its texts are read: what a page needs of it, and no more.
///
/// @param id its id in the host
/// @param time its time as the host writes it
/// @param isSettled whether its cost is final
/// @param event what is to be recorded; empty where it is no event, or has cost nothing yet
/// @param problem why it is no event; empty if it is one, or may become one
public record PulledRow(
    String id,
    String time,
    boolean isSettled,
    Optional<UsageEvent> event,
    Optional<String> problem) {}
