/// Requests of enforcement: validate, reserve, settle, release.
///
/// - Refused work is answered 402, and says whether and when it may fit. What cannot be verified is
///   answered 503.
/// - The same request with the same idempotency key is answered with the first answer.
///
/// Does not own: the decision (package `enforcement`).
@NullMarked
package dev.stipend.http.reservation;

import org.jspecify.annotations.NullMarked;
