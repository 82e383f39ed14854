package dev.stipend.console.budget;

import dev.stipend.console.form.Wrong;
import dev.stipend.console.page.Shown;
import java.util.List;
import java.util.Optional;

/// What can be done with a budget for a time, and what was, in words.
///
/// @param subject whom it is about, of a budget that counts each id apart; empty for all
/// @param isActive whether it watches
/// @param reset when a limit that is raised falls back where nothing else is said; empty where it
///     must be said
/// @param hasSubjects whether the budget counts each id apart
/// @param wrong what is wrong with a form
public record Deeds(
    String subject,
    boolean isActive,
    Optional<Shown> reset,
    String currency,
    String zone,
    boolean hasSubjects,
    List<Raised> raised,
    List<Silenced> silences,
    DeedForm form,
    Wrong wrong) {
  /// A limit that is raised.
  ///
  /// @param subject whose alone; empty where it is that of all
  /// @param reason why; empty where nobody said so lately
  public record Raised(String subject, Shown limit, Shown until, String reason) {}

  /// A silence that runs.
  public record Silenced(String id, String subject, Shown until, String reason, String by) {}
}
