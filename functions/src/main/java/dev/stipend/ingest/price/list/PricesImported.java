package dev.stipend.ingest.price.list;

import java.util.List;

/// What became of an import.
///
/// @param imported how many prices are new
/// @param unchanged how many were in force already
/// @param skipped entries that were not taken, with the reason
/// @param notes entries that were taken otherwise than they stand in the file
/// @param pricesEvents how many recorded events waited for a price and have one now
public record PricesImported(
    int imported,
    int unchanged,
    List<ParsedPriceFile.Remark> skipped,
    List<ParsedPriceFile.Remark> notes,
    long pricesEvents) {}
