package dev.stipend.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Port: takes notices to where people read them.
public interface AlertOutbox {
  /// Stores deliveries for the notices, inside the transaction that changes the alerts.
  ///
  /// @return what to do once that transaction has committed. It is safe to lose: {@link
  ///     #requeueDue} finds what was lost.
  Runnable stage(List<AlertNotice> notices, Instant now);

  /// Keeps those deliveries of an alert silent that are not sent yet, in the caller's transaction.
  void hush(UUID workspace, UUID alert, Hush hush);

  /// Has what is kept silent in workspaces looked at again: something that kept it so is over.
  void wake(Collection<UUID> workspaces, Instant now);

  /// Has what is kept silent of alerts looked at again, in the caller's transaction: a higher line
  /// that spoke for them is over.
  void wake(List<LoggedAlert> alerts, Instant now);

  /// Has an alert that was kept silent told with a new snapshot, in the caller's transaction, where
  /// nothing else keeps it silent.
  ///
  /// @param everywhere whether also where it was told before
  /// @return what to do once that transaction has committed
  Runnable tellAgain(AlertNotice notice, boolean everywhere, Instant now);

  /// Has every delivery sent that is due and that nobody works on. Answers how many.
  int requeueDue(Instant now);
}
