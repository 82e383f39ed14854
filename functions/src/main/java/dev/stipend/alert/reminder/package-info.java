/// Notifications that come later: reminders of what is still open, and what was suppressed for a
/// time.
///
/// - When a suppression ends, alerts that are still open are sent, also if their period has ended
///   meanwhile.
/// - A reminder repeats an alert as it was stored, and says that it is one.
///
/// Does not own: why something was suppressed, channels, sending.
@NullMarked
package dev.stipend.alert.reminder;

import org.jspecify.annotations.NullMarked;
