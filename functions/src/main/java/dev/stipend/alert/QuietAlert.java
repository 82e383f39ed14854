package dev.stipend.alert;

import dev.stipend.budget.Severity;

/// An alert that was kept silent for a time that is over.
///
/// @param alert the alert, whose snooze counts no more if it was snoozed
/// @param severity how bad it is
/// @param reason why it was raised
/// @param wasSnoozed whether people had snoozed it, so that all are to be told once more
record QuietAlert(LoggedAlert alert, Severity severity, String reason, boolean wasSnoozed) {}
