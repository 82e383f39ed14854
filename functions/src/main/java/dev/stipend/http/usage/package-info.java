/// Requests that report usage, in every form that is read, and those about usage without a price.
///
/// - Each event is answered for by its place in the request: recorded, duplicate or rejected, with
///   the reason.
/// - A request in which every event is rejected is answered 422.
///
/// Does not own: the forms (package `ingest.format`), the ledger.
@NullMarked
package dev.stipend.http.usage;

import org.jspecify.annotations.NullMarked;
