package dev.stipend.ingest.price;

import java.time.LocalDate;
import java.util.Optional;

/// A price as it stands in the price book.
///
/// @param price the price
/// @param source where its figures are from
/// @param quotedOn the day on which they stood there
public record PriceRecord(ModelPrice price, Optional<String> source, LocalDate quotedOn) {}
