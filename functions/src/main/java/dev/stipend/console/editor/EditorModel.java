package dev.stipend.console.editor;

import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Wrong;
import dev.stipend.console.page.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The editor, in words.
///
/// @param id of the budget; empty for a new one
/// @param once tells a new budget's form from every other
/// @param version over which it is saved
/// @param fixed what is not edited, each with its name
/// @param hasEnd whether a time when it ends can be given
/// @param wrong what is wrong with the fields of the form
/// @param others what is wrong that no field of the form has
public record EditorModel(
    String id,
    String once,
    int version,
    String currency,
    List<Fact> fixed,
    boolean hasEnd,
    BudgetForm form,
    Wrong wrong,
    List<String> others,
    List<Choice> scopes,
    List<Choice> periods,
    List<Choice> weekdays,
    List<Choice> months,
    List<String> zones,
    List<Choice> failures,
    List<Choice> kinds,
    List<Choice> severities,
    List<Channel> channels,
    Map<String, String> channelNames,
    Optional<Preview> preview,
    Optional<Conflict> conflict) {
  /// Something with its name.
  public record Fact(String name, Shown value) {}

  /// A channel that can be checked.
  public record Channel(String id, String name, String health, boolean isFailing) {}

  /// What somebody else did since the form was made.
  ///
  /// @param who they are
  /// @param meanwhile what they changed
  /// @param now what would be changed if the form were saved now
  public record Conflict(String who, List<Difference> meanwhile, List<Difference> now) {}

  public boolean isNew() {
    return id.isEmpty();
  }

  public String path() {
    return isNew() ? EditorController.PATH + "/new" : EditorController.PATH + "/" + id + "/edit";
  }

  public String value(String field) {
    return form.value(field);
  }

  public boolean isChosen(String field, Choice choice) {
    return form.value(field).equals(choice.value());
  }

  /// The names of the channels that a threshold notifies instead of the budget's.
  public String to(int row) {
    return channelNames.getOrDefault("to-" + row, "");
  }
}
