package dev.stipend.console.budget;

import dev.stipend.console.chart.Bar;
import dev.stipend.console.chart.ChartPicture;
import dev.stipend.console.page.Shown;
import java.util.List;
import java.util.Optional;

/// A budget with one of its subjects, in words.
///
/// @param subject whose spend it is; empty where the budget counts one alone
/// @param path of its running period
/// @param ended when the period that is shown began; empty where it is the running one
/// @param facts what the budget is, each with its name
/// @param sentence how it stands
/// @param chart empty where the period never ends, or its course is not known
/// @param points of the chart, as a table
public record BudgetPageModel(
    String id,
    boolean isEach,
    String subject,
    String path,
    String ended,
    String state,
    String tone,
    List<Fact> facts,
    Bar bar,
    Shown spend,
    Shown limit,
    Shown remaining,
    String percent,
    Optional<Shown> forecast,
    String range,
    String sentence,
    Optional<ChartPicture> chart,
    List<Fact> points,
    List<AlertLine> alerts,
    List<Part> parts,
    List<Past> history,
    List<Version> versions) {
  /// Something with its name.
  public record Fact(String name, Shown value) {}

  /// What a part of the spend is of.
  ///
  /// @param name of whoever has the id; empty where nobody has given one
  public record Part(String dimension, String id, String name, Shown spend, String share) {}

  /// A period that is over.
  ///
  /// @param path of its page
  /// @param isShown whether it is the one that is shown
  public record Past(
      String path,
      boolean isShown,
      Shown start,
      Shown spend,
      Shown limit,
      String percent,
      String requests) {}

  /// An alert of the period.
  ///
  /// @param closed when it closed; empty while it is open
  public record AlertLine(String id, String what, Shown raised, Optional<Shown> closed) {}

  /// An edit.
  public record Version(int number, Shown at, String actor, String changed) {}
}
