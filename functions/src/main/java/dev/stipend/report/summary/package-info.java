/// Summaries of a workspace's days and weeks, for people who do not watch it otherwise.
///
/// - A schedule says when, in a time zone, and to whom. The sweep writes what is due: the day or
///   the week that ended last before then, by the local calendar. After an outage one summary is
///   written, of the last window, and none of those before.
/// - What nothing happened in is not told: neither usage nor an alert.
/// - A summary is a snapshot as alerts have them, with a part of its own; it goes out as they do,
///   at most once for a schedule and window, however many sweeps there are.
///
/// Does not own: how a message is sent or laid out (package `notification`), the figures of spend
/// (package `report.spend`).
@NullMarked
package dev.stipend.report.summary;

import org.jspecify.annotations.NullMarked;
