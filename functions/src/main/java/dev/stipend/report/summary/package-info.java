/// Summaries of a workspace's days and weeks, for people who do not watch it otherwise.
///
/// - A schedule says when, in a time zone, and to whom. The sweep writes what is due: the day or
///   week that ended last before then, by the local calendar. After an outage only the summary
///   of the last window is written.
/// - Windows without usage and alerts produce no summary.
/// - A summary is a snapshot like that of an alert, with a part of its own. It is sent in the same
///   way, at most once per schedule and window, however many sweeps there are.
///
/// Does not own: how a message is sent or laid out (package `notification`), the figures of spend
/// (package `report.spend`).
@NullMarked
package dev.stipend.report.summary;

import org.jspecify.annotations.NullMarked;
