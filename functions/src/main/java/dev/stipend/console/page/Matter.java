package dev.stipend.console.page;

import dev.stipend.alert.AlertType;
import dev.stipend.budget.Threshold;
import dev.stipend.platform.json.Labels;
import java.math.BigDecimal;

/// What a threshold is called.
public final class Matter {
  private Matter() {}

  /// In words, with its percent where the type has one.
  public static String of(AlertType type, BigDecimal percent, ConsoleText text) {
    return text.say("alerts.type." + Labels.of(type), text.percent(Threshold.plain(percent)));
  }
}
