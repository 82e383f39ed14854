package dev.stipend.console.spend;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.report.usage.RecordedEvent;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An event, in words.
///
/// @param who ids that it has, each with what it is of
/// @param cost empty where nobody could price it
/// @param corrects what an adjustment corrects, as a sentence; empty for others
public record EventRowModel(
    String id,
    Shown at,
    Shown recordedAt,
    String model,
    List<Id> who,
    String input,
    String output,
    Optional<Shown> cost,
    boolean isAdjustment,
    String corrects) {
  /// An id.
  public record Id(String name, String id) {}

  static EventRowModel of(RecordedEvent event, String currency, ZoneId zone, ConsoleText text) {
    return new EventRowModel(
        event.eventId(),
        text.time(event.occurredAt(), zone),
        text.time(event.recordedAt(), zone),
        String.join(
            " ", Stream.of(event.provider(), event.model()).flatMap(Optional::stream).toList()),
        Stream.concat(
                Stream.of(
                        id("user", event.userId(), text),
                        id("agent", event.agentId(), text),
                        id("team", event.teamId(), text),
                        id("workflow", event.workflowId(), text))
                    .flatMap(Optional::stream),
                new TreeMap<>(event.tags()).entrySet().stream().map(tag -> tag(tag, text)))
            .toList(),
        text.count(event.inputTokens()),
        text.count(event.outputTokens()),
        event.cost().map(cost -> text.amount(cost, currency)),
        event.kind().equals("adjustment"),
        event.corrects().map(id -> text.say("spend.corrects", id)).orElse(""));
  }

  private static Optional<Id> id(String scope, Optional<String> id, ConsoleText text) {
    return id.map(known -> new Id(text.name("scope", scope), known));
  }

  private static Id tag(Map.Entry<String, String> tag, ConsoleText text) {
    return new Id(text.say("spend.tag", tag.getKey()), tag.getValue());
  }
}
