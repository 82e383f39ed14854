package dev.stipend.ingest.ledger;

import java.time.Instant;

/// From when on the database knows what was spent; {@link dev.stipend.time.Period#BEGINNING} where
/// nothing has left.
///
/// @param ledger the instant from which on the ledger holds every event
/// @param totals the instant from which on the rollup holds every sum; not after `ledger`
public record Horizons(Instant ledger, Instant totals) {}
