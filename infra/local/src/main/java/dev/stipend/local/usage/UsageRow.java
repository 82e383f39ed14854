package dev.stipend.local.usage;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One row of a usage file.
///
/// @param number counted from 1, the header not counted
/// @param cells as they stand in the file
record UsageRow(long number, List<String> cells) {

  /// A longer id comes back shortened from the functions, and would never be known again.
  private static final int LONGEST_ID = 200;

  private static final Map<String, String> TEXTS =
      Map.of(
          "user_id", "userId",
          "agent_id", "agentId",
          "workflow_id", "workflowId",
          "team_id", "teamId",
          "provider", "provider",
          "model", "model",
          "currency", "currency");

  private static final Map<String, String> COUNTS =
      Map.of(
          "input_tokens", "inputTokens",
          "cached_input_tokens", "cachedInputTokens",
          "output_tokens", "outputTokens");

  /// When the event occurred.
  ///
  /// @throws BadCell when the cell is not a time
  Instant occurredAt(UsageColumns columns) throws BadCell {
    String text =
        cell(columns, "occurred_at").orElseThrow(() -> new BadCell("occurred_at is empty"));
    return time(text);
  }

  /// The event as the usage queue takes it.
  ///
  /// @param assumed values by column name where the cell is empty or the column missing
  /// @throws BadCell when a cell does not fit its column
  Map<String, Object> event(
      UsageColumns columns, Map<String, String> assumed, String derivedId, Instant occurredAt)
      throws BadCell {
    if (cells.size() != columns.names().size()) {
      throw new BadCell(
          "%d cells where the header has %d".formatted(cells.size(), columns.names().size()));
    }
    Map<String, Object> event = new LinkedHashMap<>();
    String id = cell(columns, "event_id").orElse(derivedId);
    if (id.length() > LONGEST_ID) {
      throw new BadCell("event_id is longer than %d characters".formatted(LONGEST_ID));
    }
    event.put("eventId", id);
    event.put("occurredAt", occurredAt.toString());
    TEXTS.forEach(
        (column, field) ->
            cell(columns, column)
                .or(() -> Optional.ofNullable(assumed.get(column)))
                .ifPresent(text -> event.put(field, text)));
    for (Map.Entry<String, String> count : COUNTS.entrySet()) {
      Optional<String> text = cell(columns, count.getKey());
      if (text.isPresent()) {
        event.put(count.getValue(), count(count.getKey(), text.get()));
      }
    }
    Optional<String> cost = cell(columns, "cost");
    if (cost.isPresent()) {
      event.put("cost", money(cost.get()));
    }
    Map<String, String> tags = tags(columns);
    if (!tags.isEmpty()) {
      event.put("tags", tags);
    }
    return event;
  }

  private Map<String, String> tags(UsageColumns columns) {
    Map<String, String> tags = new HashMap<>();
    for (String name : columns.names()) {
      if (name.startsWith(UsageColumns.TAG)) {
        cell(columns, name)
            .ifPresent(value -> tags.put(name.substring(UsageColumns.TAG.length()), value));
      }
    }
    return tags;
  }

  private Optional<String> cell(UsageColumns columns, String name) {
    int index = columns.names().indexOf(name);
    return index < 0 || index >= cells.size()
        ? Optional.empty()
        : Optional.of(cells.get(index).strip()).filter(text -> !text.isEmpty());
  }

  private static Instant time(String text) throws BadCell {
    String iso = text.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      try {
        return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException again) {
        throw new BadCell(
            "occurred_at \"%s\" is neither ISO 8601 nor yyyy-MM-dd HH:mm:ss[.fffffff] in UTC"
                .formatted(text));
      }
    }
  }

  private static long count(String column, String text) throws BadCell {
    if (!text.matches("\\d{1,18}")) {
      throw new BadCell("%s \"%s\" is not a whole number from 0".formatted(column, text));
    }
    return Long.parseLong(text);
  }

  /// Money stays text, so that no digit is lost on the way.
  private static String money(String text) throws BadCell {
    try {
      return new BigDecimal(text).toPlainString();
    } catch (NumberFormatException e) {
      throw new BadCell("cost \"%s\" is not a decimal number".formatted(text));
    }
  }

  /// A row that cannot become an event; the message says which cell and why.
  static final class BadCell extends Exception {
    BadCell(String reason) {
      super(reason);
    }
  }
}
