/// Exact amounts of money, without a currency of their own: a workspace has one currency, and so
/// has everything in it.
///
/// - An amount has at most 12 integer digits and 12 decimals, as PostgreSQL's `numeric(24,12)`.
///   What does not fit is rejected with a reason, never rounded.
/// - Equal amounts are equal objects, whatever the number of zeros they were written with.
/// - There is no floating point here or anywhere near.
///
/// Pure: knows no framework, no database, no clock. Does not own: currencies, prices, formatting
/// for people.
@NullMarked
package dev.stipend.money;

import org.jspecify.annotations.NullMarked;
