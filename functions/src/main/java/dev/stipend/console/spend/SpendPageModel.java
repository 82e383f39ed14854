package dev.stipend.console.spend;

import dev.stipend.console.chart.BarsPicture;
import dev.stipend.console.page.Shown;
import java.util.List;

/// What the explorer shows, in words.
///
/// @param sentence what the picture says
/// @param compared how the total stands against the period before; empty where that is not known
/// @param unpriced how much is not in the figures; empty where all is
/// @param groups the dearest first, then what is left
/// @param bars the picture as a table: what each group came to in each interval
/// @param events path of the events behind all of it
/// @param csv path of the table for spreadsheets
public record SpendPageModel(
    String sentence,
    String compared,
    String unpriced,
    Shown total,
    Shown before,
    String requests,
    String dimension,
    List<Group> groups,
    BarsPicture chart,
    List<Bar> bars,
    String events,
    String csv) {
  /// What has one id.
  ///
  /// @param place decides its colour; 0 for what is left
  /// @param before what it came to in the period before
  /// @param drill path of what it is made of; empty for what is left
  /// @param next by what that is broken down
  public record Group(
      int place,
      String id,
      Shown spend,
      String share,
      Shown before,
      String change,
      String requests,
      String unpriced,
      String drill,
      String next,
      String events) {}

  /// An interval.
  public record Bar(String name, Shown total, List<Shown> parts) {}
}
