package dev.stipend.console.alert;

import dev.stipend.alert.AlertStage;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Listing;
import dev.stipend.platform.json.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The page of a list of alerts.
///
/// @param stages what else can be asked for
/// @param path of this page, to come back to
/// @param first the path of the first page; empty if this is it
/// @param older the path of the next page; empty if this is the last
/// @param done what has just been done; empty if nothing
public record AlertListModel(
    List<Choice> stages,
    List<AlertRowModel> rows,
    String path,
    String first,
    String older,
    String done) {
  static final String PATH = "/alerts";

  /// What the filter has for all stages.
  static final String ALL = "all";

  /// A filter.
  public record Choice(String name, String path, boolean isChosen) {}

  /// Which alerts are asked for.
  ///
  /// @param stage empty for all
  /// @param cursor where the page begins; empty for the first one
  record Asked(Optional<AlertStage> stage, Optional<UUID> budget, Optional<String> cursor) {
    /// Open ones, unless the address says otherwise.
    static Asked of(Optional<String> state, Optional<UUID> budget, Optional<String> cursor) {
      Optional<AlertStage> stage =
          state.filter(ALL::equals).isPresent()
              ? Optional.empty()
              : Optional.of(
                  state
                      .flatMap(label -> Labels.find(AlertStage.class, label))
                      .orElse(AlertStage.OPEN));
      return new Asked(stage, budget, cursor);
    }

    String path() {
      List<String> query = new ArrayList<>();
      if (!stage.equals(Optional.of(AlertStage.OPEN))) {
        query.add("state=" + stage.map(Labels::of).orElse(ALL));
      }
      budget.ifPresent(id -> query.add("budget=" + id));
      cursor.ifPresent(place -> query.add("cursor=" + place));
      return query.isEmpty() ? PATH : PATH + "?" + String.join("&", query);
    }

    Asked at(Optional<String> place) {
      return new Asked(stage, budget, place);
    }

    private Asked in(Optional<AlertStage> other) {
      return new Asked(other, budget, Optional.empty());
    }
  }

  static AlertListModel of(
      Asked asked, Listing<AlertRowModel> rows, Optional<Done> done, ConsoleText text) {
    List<Choice> stages = new ArrayList<>();
    for (AlertStage stage : AlertStage.values()) {
      Asked other = asked.in(Optional.of(stage));
      stages.add(
          new Choice(
              text.say("alerts.stage." + Labels.of(stage)),
              other.path(),
              asked.stage().equals(other.stage())));
    }
    stages.add(
        new Choice(
            text.say("alerts.stage." + ALL),
            asked.in(Optional.empty()).path(),
            asked.stage().isEmpty()));
    return new AlertListModel(
        stages,
        rows.items(),
        asked.path(),
        asked.cursor().isPresent() ? asked.at(Optional.empty()).path() : "",
        rows.next().map(place -> asked.at(Optional.of(place)).path()).orElse(""),
        done.map(each -> each.sentence(text)).orElse(""));
  }
}
