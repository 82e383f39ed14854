package dev.stipend.alert;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Notifies people of alerts that were suppressed for a time, when that time is over: with the
/// figures of now, and once. Reminds of alerts that stay open, where a threshold asks for that, and
/// not for ever.
///
/// The figures are read before any row is locked.
@Singleton
class Reminders {
  private final DueReminders due;
  private final FigureReader figures;
  private final ReminderSteps steps;

  Reminders(DueReminders due, FigureReader figures, ReminderSteps steps) {
    this.due = due;
    this.figures = figures;
    this.steps = steps;
  }

  /// Looks at up to `most` alerts that are due. Answers how many there were.
  int remind(int most, Instant now) {
    List<DueReminder> found = due.find(most, now);
    if (found.isEmpty()) {
      return 0;
    }
    steps.remind(found, figures.read(steps.situations(found), now), now).run();
    return found.size();
  }
}
