package dev.stipend.console.editor;

import dev.stipend.console.page.Shown;
import java.util.List;
import java.util.Optional;

/// What a budget would have done, in words.
///
/// @param sentence all periods together; empty where there are none
/// @param notes what is not in the figures, and what may keep the budget from working
/// @param periods the running one first
/// @param changes what saving would change; empty for a new budget
public record Preview(
    String sentence,
    List<String> warnings,
    List<String> notes,
    List<Past> periods,
    Optional<List<Difference>> changes) {
  /// A period.
  ///
  /// @param why it is not known, instead of figures; empty where it is
  public record Past(
      Shown start,
      boolean isRunning,
      String why,
      Shown spend,
      Shown limit,
      String percent,
      String alerts,
      String refusals) {}
}
