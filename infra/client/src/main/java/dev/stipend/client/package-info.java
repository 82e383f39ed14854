/// The API as an agent's program uses it before it spends: reserve the most that a call may cost,
/// run it, settle what it did cost.
///
/// Purpose: {@link dev.stipend.client.StipendClient#guarded} puts a budget around a call without
/// the caller minding lost answers, failures and the hours when no limit can be verified; the other
/// methods are the requests it is made of.
///
/// Invariants: money is exact and never a floating-point number. A request is sent again only where
/// that is safe: it names itself by an `Idempotency-Key`, or asks for what a second time changes
/// nothing. What was reserved is settled, released, or, where neither gets through, left to expire.
/// The key is sent to the base URL only, and appears in no message.
///
/// This package owns no rules: what is refused, and why, the server decides. It keeps no state
/// between calls, and shares no code with the functions.
@NullMarked
package dev.stipend.client;

import org.jspecify.annotations.NullMarked;
