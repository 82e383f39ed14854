package dev.stipend.ingest.source;

import java.time.Instant;
import java.util.Optional;

/// How a source stands after a pull.
///
/// @param ahead rows whose time is still to come
/// @param comparedAt until when days were compared for rows that came late
/// @param hasRecorded whether a row is new in the ledger
/// @param trouble what is wrong although it could be read; empty if nothing is
public record PulledState(
    long ahead, Instant comparedAt, boolean hasRecorded, Optional<String> trouble) {}
