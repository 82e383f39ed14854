package dev.stipend.alert.reminder;

import dev.stipend.alert.evaluation.AlertFigures;
import dev.stipend.alert.evaluation.FigureReader;
import dev.stipend.platform.isolation.WorkFailedException;
import dev.stipend.platform.isolation.WorkItem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Notifies people of alerts that were suppressed for a time, when that time is over: with the
/// figures of now, and once. Reminds of alerts that stay open, where a threshold asks for that, and
/// not for ever.
///
/// The figures are read before any row is locked.
@Singleton
public class Reminders {
  private final DueReminders due;
  private final FigureReader figures;
  private final ReminderSteps steps;

  Reminders(DueReminders due, FigureReader figures, ReminderSteps steps) {
    this.due = due;
    this.figures = figures;
    this.steps = steps;
  }

  /// Looks at up to `most` alerts that are due, and answers how many.
  ///
  /// @throws WorkFailedException if that fails, naming them
  public int remind(int most, Instant now) {
    List<DueReminder> found = due.find(most, now);
    if (found.isEmpty()) {
      return 0;
    }
    try {
      AlertFigures read = figures.read(steps.inputs(found), now);
      steps.remind(found, read, now);
      return found.size();
    } catch (RuntimeException failure) {
      throw new WorkFailedException(found.stream().map(Reminders::item).toList(), failure);
    }
  }

  private static WorkItem item(DueReminder due) {
    return WorkItem.alert(due.alert().counter().workspaceId(), due.alert().id());
  }
}
