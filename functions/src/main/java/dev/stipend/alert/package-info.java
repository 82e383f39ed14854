/// When people are told, and why.
///
/// - An alert is open for (budget, subject, period, type, threshold) from when its condition
///   becomes true until it becomes false or the period ends. The database allows one open row per
///   key, and that is the whole de-duplication.
/// - {@link Evaluation} is a pure function from a snapshot to decisions, each with its reason;
///   {@link AlertEvaluator} writes them in one transaction with the deliveries that follow (port
///   {@link AlertOutbox}).
/// - A crossing of several lines at once raises the highest and logs the others as superseded. When
///   the highest is over, the next speaks for itself: told where nobody was told of a higher one.
/// - A key opens at most three times a period. Nothing is raised for a period that has ended.
/// - An alert's id is made from its key and how often the key opened before, so a repeated
///   evaluation makes the same alert.
/// - People may acknowledge an open alert, or snooze it. It then stays silent, as do new alerts of
///   the counter's spend that are no more severe ({@link dev.stipend.alert.Hush}): logged, not
///   told. {@link dev.stipend.alert.Reminders} tells what still holds when its time of silence is
///   over.
/// - Where a workspace's own budget has reached its hard limit, alerts of its other budgets are
///   inhibited: logged, counted in the message of that one, and told once it refuses work no more,
///   if they still hold.
/// - Lines for what is foreseen are looked at by the sweep: a counter whose budget has any is noted
///   when something is recorded ({@link Prospects}), and looked at until nothing happens any more
///   and no such alert is open. Other evaluations leave those alerts as they are.
/// - What is sent is the snapshot stored with the alert: nobody looks up current state to send it.
///
/// Does not own: counters, channels, sending, HTTP.
@NullMarked
package dev.stipend.alert;

import org.jspecify.annotations.NullMarked;
