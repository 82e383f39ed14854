package dev.stipend.alert.reminder;

import dev.stipend.alert.LoggedAlert;
import dev.stipend.budget.Severity;
import dev.stipend.platform.wording.Reason;
import java.util.Optional;

/// An alert that is to be sent again: it was suppressed for a time that is over, or its threshold
/// asks for reminders.
///
/// @param alert the alert, whose snooze counts no more if it was snoozed
/// @param severity how bad it is
/// @param reason why it was raised; empty in alerts of older releases
/// @param wasSnoozed whether people had snoozed it, so that all are to be notified once more
/// @param isReminder whether its threshold asks for a reminder now
/// @param reminders how many there were
record DueReminder(
    LoggedAlert alert,
    Severity severity,
    Optional<Reason> reason,
    boolean wasSnoozed,
    boolean isReminder,
    int reminders) {
  /// Whether those who were notified already are to be so again.
  boolean isAgain() {
    return wasSnoozed || isReminder;
  }
}
