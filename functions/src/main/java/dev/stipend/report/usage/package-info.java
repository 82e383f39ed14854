/// Events of the ledger, as people look for them.
///
/// - Newest first, by the ledger's own key: an event that comes while somebody turns pages is on
///   none of theirs, or at its place, and moves no other.
/// - A page looks at so many rows of the ledger at most, whatever it is to find; where it stopped
///   before it was full, the next page goes on from there.
///
/// Does not own: the ledger (it only reads it), sums (package `report.spend`), HTTP.
@NullMarked
package dev.stipend.report.usage;

import org.jspecify.annotations.NullMarked;
