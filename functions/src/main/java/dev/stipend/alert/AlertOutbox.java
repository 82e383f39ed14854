package dev.stipend.alert;

import java.time.Instant;
import java.util.List;

/// Port: takes notices to where people read them.
public interface AlertOutbox {
  /// Stores deliveries for the notices, inside the transaction that changes the alerts.
  ///
  /// @return what to do once that transaction has committed. It is safe to lose: {@link
  ///     #requeueDue} finds what was lost.
  Runnable stage(List<AlertNotice> notices, Instant now);

  /// Has every delivery sent that is due and that nobody works on. Answers how many.
  int requeueDue(Instant now);
}
