/// Alerts as people look at them: with their deliveries, with what they are about now, and with
/// what they can do about them.
///
/// - The API and the console show and do the same: what is here is all that either knows of it.
/// - Whatever somebody does to an alert is written down in the audit log, in one transaction with
///   it.
/// - An explanation says for each threshold why people were or were not notified in the current
///   period; it decides nothing.
///
/// Does not own: when alerts are raised, how messages are sent, HTTP.
@NullMarked
package dev.stipend.notification.review;

import org.jspecify.annotations.NullMarked;
