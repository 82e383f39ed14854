package dev.stipend.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Port: takes notices to where people read them.
public interface AlertOutbox {
  /// What became of notices.
  ///
  /// @param told the alerts of which somebody is told, or would be without what keeps them silent
  /// @param sending what to do once the transaction has committed. It is safe to lose: {@link
  ///     #requeueDue} finds what was lost.
  record Staged(Set<UUID> told, Runnable sending) {}

  /// Stores deliveries for the notices, inside the transaction that changes the alerts.
  Staged stage(List<AlertNotice> notices, Instant now);

  /// Keeps those deliveries of an alert silent that are not sent yet, in the caller's transaction.
  void hush(UUID workspace, UUID alert, Hush hush);

  /// Keeps those deliveries of an alert silent that are so already, in the caller's transaction.
  void keepSilent(UUID workspace, UUID alert, Hush hush);

  /// Has what is kept silent in workspaces looked at again: something that kept it so is over.
  void wake(Collection<UUID> workspaces, Instant now);

  /// Has what is kept silent of alerts looked at again, in the caller's transaction: another one of
  /// their counter is over, which kept them so.
  void wakeAlerts(Collection<LoggedAlert> alerts, Instant now);

  /// Has an alert that was kept silent told with a new snapshot, in the caller's transaction, where
  /// nothing else keeps it silent.
  ///
  /// @param everywhere whether also where it was told before
  Staged tellAgain(AlertNotice notice, boolean everywhere, Instant now);

  /// Has every delivery sent that is due and that nobody works on. Answers how many.
  int requeueDue(Instant now);
}
