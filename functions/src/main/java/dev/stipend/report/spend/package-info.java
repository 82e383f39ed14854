/// What was spent: totals of any range of time, broken down by whom and what it belongs to, and by
/// the intervals of a local calendar.
///
/// - Every figure is an exact sum over the ledger's half-open range, to the last decimal. Nothing
///   is approximated and nothing is rounded, whatever the bounds and the time zone.
/// - Whole quarters of an hour are read from the rollup; what a bound cuts from a quarter is read
///   from the ledger, and so is all that only the ledger knows: tags, and the intervals of zones
///   whose offset was no multiple of 15 minutes. One statement reads both, so that they agree.
/// - Intervals tile the range by the calendar of {@link dev.stipend.time}; a day may have 23 or 25
///   hours, and an interval without spend is there with zeros.
/// - An answer is bounded: so many intervals, so many groups and the rest as one, so many days of
///   the ledger. A query beyond that is refused with the field and the fix.
///
/// Does not own: the ledger and the rollup (it only reads them), budgets, HTTP.
@NullMarked
package dev.stipend.report.spend;

import org.jspecify.annotations.NullMarked;
