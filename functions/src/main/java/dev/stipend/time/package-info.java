/// Periods of budgets: which half-open interval of instants contains a given instant.
///
/// - Periods are calendar-aligned in one IANA time zone and tile time: no gap, no overlap, through
///   daylight-saving gaps and overlaps, days a zone skipped, and month ends.
/// - A day starts at the first instant that carries its date; a date that a zone skipped has no
///   period.
/// - An hour starts where the local clock shows a full hour, and a change of offset always ends it;
///   so an hour never lasts longer than 60 minutes, and the day on which clocks go back has 25 of
///   them.
///
/// Pure: time comes in as an argument. Does not own: clocks, budgets, formatting for people.
@NullMarked
package dev.stipend.time;

import org.jspecify.annotations.NullMarked;
