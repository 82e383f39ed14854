/// What tokens cost.
///
/// - Prices are per million tokens with at most six decimals, so that every cost is exact in
///   twelve. A finer price in LiteLLM's file is rounded up and noted; in every other place it is
///   refused.
/// - Every kind of token ({@link TokenKind}) may have its price; one that has none costs what plain
///   input or output does.
/// - The price of an event is the one in force at its `occurred_at`. A workspace's own price goes
///   before the list's. Prices are only ever added: a new price is a new row with its own
///   `effective_from`.
/// - A model is found by its name, its aliases, and its name without parts that say nothing ({@link
///   ModelNames}); never by a name that only resembles it.
/// - An unknown model has no price: the answer is empty, never zero. The ceiling (provider `*`,
///   model `*`) is what it counts as in the meantime, and is asked for separately.
/// - The list is `prices/list-prices.json`, brought in by the migration; providers and their names
///   are `prices/providers.json`.
///
/// Names, prices, files and the book are pure; only repositories know PostgreSQL. Does not own:
/// currencies other than the workspace's, the ledger, what becomes of events without a price
/// ({@link PricesChanged} says when to price them again).
@NullMarked
package dev.stipend.ingest.price;

import org.jspecify.annotations.NullMarked;
