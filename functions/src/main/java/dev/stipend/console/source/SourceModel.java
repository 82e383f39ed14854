package dev.stipend.console.source;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.source.SourceStanding;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A source, in words.
///
/// @param pulled when it was last read; empty if it never was
/// @param newest the time of its newest row
/// @param problems why it is failing, or something of it does
/// @param budgets how many rows of its application are budgets; empty where none are mirrored
public record SourceModel(
    String id,
    String name,
    String relation,
    String state,
    String tone,
    boolean isPaused,
    Optional<Shown> pulled,
    Optional<Shown> newest,
    String recorded,
    String waiting,
    String rejected,
    List<String> problems,
    Optional<String> budgets) {
  /// How a state is coloured; others are as they should be.
  private static final Map<String, String> TONES =
      Map.of("failing", "over", "rejecting", "over", "ok", "good", "backfilling", "good");

  static SourceModel of(SourceStanding standing, Workspace workspace, ConsoleText text) {
    SpendSource source = standing.source();
    ZoneId zone = ZoneId.of(workspace.timeZone());
    return new SourceModel(
        source.id().toString(),
        source.settings().name(),
        source.settings().schema() + "." + source.settings().relation(),
        text.say("source.state." + source.state()),
        TONES.getOrDefault(source.state(), ""),
        source.pausedAt().isPresent(),
        source.pulledAt().map(at -> text.time(at, zone)),
        source.newestRowAt().map(at -> text.time(at, zone)),
        text.count(source.recorded()),
        text.count(standing.rows().waiting()),
        text.count(standing.rows().rejected()),
        Stream.of(source.lastError(), source.mirrorError(), source.writeError())
            .flatMap(Optional::stream)
            .toList(),
        Optional.of(standing.budgets())
            .filter(counts -> source.settings().mirrorsBudgets())
            .map(
                counts ->
                    text.say(
                        "sources.budgets",
                        text.count(counts.budgets()),
                        text.count(counts.others()))));
  }
}
