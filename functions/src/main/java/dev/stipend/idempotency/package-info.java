/// Answers that are given once: a caller that sends an idempotency key may repeat its request, and
/// gets the first answer again instead of doing the thing twice.
///
/// - The key, a digest of the request and the answer are written in the transaction of the work:
///   there is no work without its answer, and no answer without its work.
/// - Two requests with one key at the same time: the second waits for the first, then gets its
///   answer. The same key with another request is a {@link
///   dev.stipend.idempotency.KeyReusedException}.
/// - Only successes are kept: what was refused may be sent again. Keys are forgotten after a day.
/// - Keys belong to a workspace; nobody meets another's.
///
/// Does not own: what a request does, what an answer looks like, reservations (they keep their keys
/// themselves, for as long as they live).
@NullMarked
package dev.stipend.idempotency;

import org.jspecify.annotations.NullMarked;
