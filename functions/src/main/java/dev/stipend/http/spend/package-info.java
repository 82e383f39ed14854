/// Requests for reports of spend.
///
/// - Every figure is exact, and says from when on the ledger knows it.
///
/// Does not own: the queries (package `report.spend`).
@NullMarked
package dev.stipend.http.spend;

import org.jspecify.annotations.NullMarked;
