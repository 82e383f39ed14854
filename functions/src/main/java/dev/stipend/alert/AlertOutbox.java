package dev.stipend.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Port: takes notices to where people read them.
public interface AlertOutbox {
  /// Stores deliveries for the notices, inside the transaction that changes the alerts, and has
  /// them sent once that has committed. {@link #requeueDue} finds what was lost.
  void stage(List<AlertNotice> notices, Instant now);

  /// Suppresses those deliveries of an alert that are not sent yet, in the caller's transaction.
  void suppress(UUID workspace, UUID alert, Suppression suppression);

  /// Has those channels that keep a row of each alert sent how alerts stand now, in the caller's
  /// transaction.
  void changed(Collection<UUID> workspaces, Collection<UUID> alerts, Instant now);

  /// Has those deliveries of an alert that are suppressed stay so, in the caller's transaction.
  void keepSilent(UUID workspace, UUID alert, Suppression suppression);

  /// Has what is suppressed in workspaces looked at again: something that suppressed it is over.
  void recheckWorkspaces(Collection<UUID> workspaces, Instant now);

  /// Has what is suppressed of alerts looked at again, in the caller's transaction: another one of
  /// their counter is over, which suppressed it.
  void recheckAlerts(Collection<LoggedAlert> alerts, Instant now);

  /// Has an alert that was suppressed sent with a new snapshot, in the caller's transaction, where
  /// nothing else suppresses it.
  ///
  /// @param everywhere whether also where it was sent before
  void sendAgain(AlertNotice notice, boolean everywhere, Instant now);

  /// Has every delivery sent that is due and that nobody works on. Answers how many.
  int requeueDue(Instant now);
}
