/// What tokens cost.
///
/// - Prices are per million tokens with at most six decimals, so that every cost is exact in
///   twelve.
/// - The price of an event is the one in force at its `occurred_at`; a workspace's own price goes
///   before the list price.
/// - `inputTokens` include the cached ones, as providers count them; cached ones are charged at
///   their own price where there is one, and at the input price where there is none.
/// - An unknown model has no price: the answer is empty, never zero.
///
/// The book is pure; only its repository knows PostgreSQL. Does not own: currencies other than the
/// workspace's, the ledger.
@NullMarked
package dev.stipend.price;

import org.jspecify.annotations.NullMarked;
