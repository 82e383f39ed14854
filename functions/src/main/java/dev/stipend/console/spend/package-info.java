/// Where money went: the spend explorer and the events behind it.
///
/// - Everything that is shown is in the address, with the parameters of `GET /api/spend` and `GET
///   /api/usage`; a page asks the same queries, so a wrong parameter is refused in the same words.
/// - Tables for spreadsheets are those of the API, at addresses that a session may open.
///
/// Does not own: sums and events (packages `report.spend` and `report.usage`).
@NullMarked
package dev.stipend.console.spend;

import org.jspecify.annotations.NullMarked;
