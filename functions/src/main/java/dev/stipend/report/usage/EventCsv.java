package dev.stipend.report.usage;

import dev.stipend.platform.csv.CsvTable;
import dev.stipend.platform.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events as a table, a row for each.
///
/// @param text the table
/// @param next the cursor of the events that are not in it; empty where all are
public record EventCsv(String text, Optional<String> next) {
  /// How many events a table has where that is not said, and at most.
  public static final int MOST = 10_000;

  private static final List<String> HEADER =
      List.of(
          "eventId",
          "occurredAt",
          "recordedAt",
          "kind",
          "corrects",
          "userId",
          "agentId",
          "workflowId",
          "teamId",
          "provider",
          "model",
          "inputTokens",
          "cachedInputTokens",
          "cacheWriteTokens",
          "audioInputTokens",
          "outputTokens",
          "reasoningTokens",
          "audioOutputTokens",
          "cost",
          "currency",
          "unpriced",
          "tags");

  /// What `GET /api/usage` answers, as a table.
  ///
  /// @param currency of every amount
  public static EventCsv of(LedgerEvents.Found found, String currency) {
    CsvTable table = new CsvTable(HEADER);
    Optional<EventPlace> last = Optional.empty();
    for (RecordedEvent event : found.events()) {
      if (!table.add(cells(event, currency))) {
        return new EventCsv(table.text(), last.map(EventPlace::cursor));
      }
      last = Optional.of(event.place());
    }
    return new EventCsv(table.text(), found.next().map(EventPlace::cursor));
  }

  private static Stream<Object> cells(RecordedEvent event, String currency) {
    return Stream.of(
        event.eventId(),
        event.occurredAt(),
        event.recordedAt(),
        event.kind(),
        event.corrects(),
        event.userId(),
        event.agentId(),
        event.workflowId(),
        event.teamId(),
        event.provider(),
        event.model(),
        event.inputTokens(),
        event.cachedInputTokens(),
        event.cacheWriteTokens(),
        event.audioInputTokens(),
        event.outputTokens(),
        event.reasoningTokens(),
        event.audioOutputTokens(),
        event.cost(),
        event.cost().map(known -> currency),
        event.unpriced(),
        tags(event.tags()));
  }

  /// One JSON object; nothing where there is no tag.
  private static String tags(Map<String, String> tags) {
    return tags.isEmpty()
        ? ""
        : new TreeMap<>(tags)
            .entrySet().stream()
                .map(tag -> JsonText.quoted(tag.getKey()) + ":" + JsonText.quoted(tag.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
  }
}
