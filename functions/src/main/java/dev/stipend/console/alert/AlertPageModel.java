package dev.stipend.console.alert;

import dev.stipend.console.page.Shown;
import java.util.List;
import java.util.Optional;

/// The page of an alert, in words.
///
/// @param path of this page, to come back to
/// @param budgetPath of the page of its budget
/// @param period in which it counts
/// @param contributors what its spend was made of when it was raised
/// @param deliveries who was told, oldest first
/// @param lines why people were or were not told; empty where its period is over
/// @param resend whether there is anything that may be sent again
/// @param raiseUntil when a higher limit would end; empty where it cannot be raised here
/// @param done what has just been done; empty if nothing
public record AlertPageModel(
    AlertRowModel alert,
    String path,
    String budgetPath,
    String period,
    List<Part> contributors,
    List<Told> deliveries,
    List<Line> lines,
    boolean resend,
    Optional<Shown> raiseUntil,
    String done) {
  /// Part of the spend.
  public record Part(String dimension, String id, String name, Shown spend, String share) {}

  /// Who was told.
  ///
  /// @param kind how the channel reaches people
  /// @param sentAt when; empty while it was not sent
  /// @param notes why not, and when it goes on
  public record Told(
      String channel,
      String kind,
      String purpose,
      String status,
      String tone,
      String attempts,
      Optional<Shown> sentAt,
      List<String> notes) {}

  /// A threshold.
  ///
  /// @param isMet whether its condition is true
  /// @param figures what is compared with what
  /// @param notes what keeps it silent, and when it is looked at again
  public record Line(
      String matter,
      String severity,
      String severityName,
      boolean isMet,
      String met,
      String figures,
      String outcome,
      List<String> notes) {}
}
