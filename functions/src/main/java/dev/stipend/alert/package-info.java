/// Alerts: what people are notified of, and why.
///
/// - Every threshold has an alert of its own. It is open for (budget, subject, period, type,
///   threshold) from when its condition becomes true until it becomes false or the period ends. The
///   database allows one open row per key, and that is the whole de-duplication.
/// - An alert's id is made from its key and how often the key opened before, so a repeated
///   evaluation makes the same alert.
/// - Whatever opens, resolves or repeats an alert stages its deliveries in the same transaction
///   (port {@link AlertOutbox}). Which of them become one message is decided at sending, for each
///   channel.
/// - People may acknowledge an open alert, or snooze it. It is then suppressed, as are new alerts
///   of the counter's spend that are no more severe ({@link Suppression}): logged, not sent.
/// - A period that ended over a threshold that nobody was notified of is restated once, whether the
///   event came after its end or its evaluation never did.
/// - What is sent is the snapshot stored with the alert: sending reads no current state. Tables
///   also say who has acknowledged an alert and when it was resolved, and these they read.
///
/// Package `evaluation` decides, package `reminder` notifies later. Does not own: counters,
/// channels, sending, HTTP.
@NullMarked
package dev.stipend.alert;

import org.jspecify.annotations.NullMarked;
