package dev.stipend.maintenance.retention;

import java.time.Period;

/// Reads settings of how many months something is kept.
public final class RetentionMonths {
  /// Alerts, budgets and forecasts look back some weeks.
  public static final int FEWEST = 3;

  private RetentionMonths() {}

  /// The months of a setting.
  ///
  /// @param name of the setting
  /// @param text its value; empty for the usual months
  /// @throws IllegalStateException naming the setting if it makes no sense
  public static Period read(String name, String text, int usual) {
    if (text.isEmpty()) {
      return Period.ofMonths(usual);
    }
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < FEWEST) {
      throw new IllegalStateException(
          "%s must be a whole number of months and at least %d, not %s"
              .formatted(name, FEWEST, text));
    }
    return Period.ofMonths(Integer.parseInt(text));
  }
}
