/// Requests about prices.
///
/// - Prices are decimals as text, per million tokens or per call. A list of prices is accepted as a
///   whole or refused as a whole.
/// - The answer says how many events that waited for a price are priced by it.
///
/// Does not own: the price book (package `ingest.price`).
@NullMarked
package dev.stipend.http.price;

import org.jspecify.annotations.NullMarked;
