/// Enforcement: may this work be done, and if so, headroom held for it until its cost is known.
///
/// - A hard limit refuses what would make `spend + held` exceed it; a soft one never does. A
///   reservation takes its estimate from every budget that counts the work, or from none.
/// - Admission is one statement: it adds to the counters' `held` in key order, each under its row
///   lock, and ends with nothing done if any hard limit would be exceeded then. What was read
///   before only saves a statement that must fail. So `spend + held` of admissions exceeds no hard
///   limit at any commit, whatever races.
/// - A refusal is what one committed state of the database says, expired holds left out. Expired
///   holds are free without any job: a reservation that needs them removes them first.
/// - Whoever changes holds locks their reservations first, by id, and then counters, in key order.
/// - Settling records the usage, ends the hold and counts the cost where it occurred, in one
///   transaction; late, after expiry and in another period too. Settling and releasing again
///   changes nothing.
/// - A refusal is in the audit log under its decision id, for 90 days.
/// - A reservation is forgotten 35 days after it was settled, was released, or expired; never while
///   a counter still has its hold.
/// - When the database does not answer, each budget's `onFailure` decides, as last known; what is
///   not known is closed.
///
/// Does not own: budgets and what their counters spend, prices, the ledger, HTTP.
@NullMarked
package dev.stipend.enforcement;

import org.jspecify.annotations.NullMarked;
