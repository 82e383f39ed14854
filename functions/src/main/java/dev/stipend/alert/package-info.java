/// When people are notified, and why.
///
/// - Every threshold has an alert of its own. It is open for (budget, subject, period, type,
///   threshold) from when its condition becomes true until it becomes false or the period ends. The
///   database allows one open row per key, and that is the whole de-duplication.
/// - {@link Evaluation} is a pure function from a snapshot to decisions, each with its reason as a
///   code with parameters; {@link AlertEvaluator} writes them in one transaction with the
///   deliveries that follow (port {@link AlertOutbox}). That one message is better than two is
///   decided by whoever sends them, for each channel.
/// - While counters are locked, nothing is read but budgets and alerts. The figures of messages are
///   read before ({@link FigureReader}); a counter whose figures are not known yet is evaluated in
///   a second step.
/// - A key that opens more than three times within an hour is delayed, never forgotten ({@link
///   FlapGuard}).
/// - A period that ended over a threshold that nobody was notified of is restated once, whether the
///   event came after its end or its evaluation never did.
/// - An alert's id is made from its key and how often the key opened before, so a repeated
///   evaluation makes the same alert.
/// - People may acknowledge an open alert, or snooze it. It then stays silent, as do new alerts of
///   the counter's spend that are no more severe ({@link Hush}): logged, not sent. {@link
///   Reminders} sends what still holds when its time of silence is over, also if the period is over
///   by then.
/// - Thresholds for what is foreseen are looked at by the sweep: a counter whose budget has any is
///   noted when something is recorded ({@link Prospects}), and looked at until nothing happens any
///   more and no such alert is open. Other evaluations leave those alerts as they are.
/// - A counter that cannot be evaluated stops no other: the batch is halved until it stands alone,
///   and it is set aside ({@link dev.stipend.isolation}).
/// - A sweep never goes by a clock that is ahead of the database's ({@link SweepTime}).
/// - What is sent is the snapshot stored with the alert: nobody looks up current state to send it.
///
/// Does not own: counters, channels, sending, HTTP.
@NullMarked
package dev.stipend.alert;

import org.jspecify.annotations.NullMarked;
