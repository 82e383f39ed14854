package dev.stipend.alert;

import dev.stipend.budget.Severity;

/// An alert that is to be told again: it was kept silent for a time that is over, or its line asks
/// for reminders.
///
/// @param alert the alert, whose snooze counts no more if it was snoozed
/// @param severity how bad it is
/// @param reason why it was raised
/// @param wasSnoozed whether people had snoozed it, so that all are to be told once more
/// @param isReminder whether its line asks for a reminder now
/// @param reminders how many there were
record QuietAlert(
    LoggedAlert alert,
    Severity severity,
    String reason,
    boolean wasSnoozed,
    boolean isReminder,
    int reminders) {}
