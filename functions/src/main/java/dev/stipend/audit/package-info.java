/// The audit log: who did what to what, when, and what it was before and after.
///
/// - An entry is written in the transaction of the deed, so that there is none without the other.
/// - Every edit of a budget, channel, silence, key or price, every increase of a limit, every
///   adjustment of usage that somebody sends and every denial has its entry.
/// - Entries are never changed. What people did stays; refusals are forgotten after their time, by
///   package `reservation`, which writes them.
/// - Entries hold no secret: keys by their id, channels by the names of their secrets.
///
/// Does not own: the history of a budget (its versions), the ledger, HTTP.
@NullMarked
package dev.stipend.audit;

import org.jspecify.annotations.NullMarked;
