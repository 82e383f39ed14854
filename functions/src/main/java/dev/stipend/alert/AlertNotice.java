package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.budget.period.PeriodKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Something to notify people of about an alert.
///
/// @param purpose whether it was raised or has recovered
/// @param alertId the alert
/// @param counter what it is about
/// @param severity decides which channels get it
/// @param channels where to send it; empty means the budget's channels. Of no meaning for a
///     recovery, which goes where the alert went
/// @param snapshot what to say
/// @param suppression why people are not notified now, though it is logged
public record AlertNotice(
    Purpose purpose,
    UUID alertId,
    PeriodKey counter,
    Severity severity,
    List<UUID> channels,
    AlertSnapshot snapshot,
    Optional<Suppression> suppression) {
  /// What a delivery is for.
  public enum Purpose {
    RAISED,
    RECOVERED,
    /// A channel could not be reached with a notice of the alert; another one gets it instead.
    UNDELIVERED,
    /// How the alert stands has changed, and no notice says so: somebody has acknowledged or
    /// snoozed it, or its period has ended. For tables alone.
    CHANGED,
    /// It is no alert but a summary of the workspace.
    SUMMARY
  }
}
