package dev.stipend.ingest.bulk;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One row of a CSV file of usage.
///
/// @param number counted from 1, the header not counted
/// @param cells as they stand in the file
public record UsageRow(long number, List<String> cells) {
  private static final int LONGEST_ID = 200;
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}(?:\\.0{0,18})?");

  /// Why a row is not recorded that nothing could ever price.
  public static final String NO_PRICE =
      "has neither a model nor a cost, so it can never be priced; fill one in, or name the"
          + " model of such rows (usage import: --assume model=NAME; locally:"
          + " -Dstipend.usage.model=NAME)";

  private static final int DATE_LENGTH = "2026-01-31".length();

  /// A row that cannot become an event; the message says which cell and why.
  public static final class BadCell extends Exception {
    private static final long serialVersionUID = 1L;

    public BadCell(String reason) {
      super(reason);
    }
  }

  /// When the event occurred.
  ///
  /// @throws BadCell when the cell is not a time
  public Instant occurredAt(UsageColumns columns) throws BadCell {
    String text = cell(columns, UsageColumns.OCCURRED_AT);
    if (text == null) {
      throw new BadCell("occurred_at is empty");
    }
    return time(text);
  }

  /// The event in its native form, its time as an `Instant`.
  ///
  /// @param assumed values by column name where the cell is empty or the column missing
  /// @param derivedId its id where the file gives none
  /// @throws BadCell when a cell does not fit its column
  public Map<String, Object> event(
      UsageColumns columns, Map<String, String> assumed, String derivedId, Instant occurredAt)
      throws BadCell {
    if (cells.size() != columns.places().size()) {
      throw new BadCell(
          "%d cells where the header has %d".formatted(cells.size(), columns.places().size()));
    }
    Map<String, Object> event = LinkedHashMap.newLinkedHashMap(16);
    event.put("eventId", id(columns, derivedId));
    event.put("occurredAt", occurredAt);
    for (Map.Entry<String, Integer> column : columns.places().entrySet()) {
      put(event, column.getKey(), content(cells.get(column.getValue())));
    }
    assumed.forEach(
        (column, value) -> {
          String field = UsageColumns.TEXTS.get(column);
          if (field != null) {
            event.putIfAbsent(field, value);
          }
        });
    if (!event.containsKey("cost") && !event.containsKey("model")) {
      throw new BadCell(NO_PRICE);
    }
    return event;
  }

  private String id(UsageColumns columns, String derivedId) throws BadCell {
    String id = cell(columns, UsageColumns.EVENT_ID);
    if (id != null && id.length() > LONGEST_ID) {
      throw new BadCell("event_id is longer than %d characters".formatted(LONGEST_ID));
    }
    return id == null ? derivedId : id;
  }

  private static void put(Map<String, Object> event, String column, @Nullable String text)
      throws BadCell {
    if (text == null) {
      return;
    }
    if (CsvInput.isDamaged(text)) {
      throw new BadCell(column + " holds bytes that are not UTF-8");
    }
    String field = UsageColumns.TEXTS.get(column);
    String count = UsageColumns.COUNTS.get(column);
    if (field != null) {
      event.put(field, text);
    } else if (count != null) {
      event.put(count, count(column, text));
    } else if (column.equals(UsageColumns.COST)) {
      // Money stays text, so that no digit is lost on the way.
      event.put("cost", text);
    } else if (column.startsWith(UsageColumns.TAG)) {
      @SuppressWarnings("unchecked")
      Map<String, String> tags =
          (Map<String, String>)
              event.computeIfAbsent("tags", tag -> new LinkedHashMap<String, String>());
      tags.put(column.substring(UsageColumns.TAG.length()), text);
    }
  }

  private @Nullable String cell(UsageColumns columns, String name) {
    Integer place = columns.places().get(name);
    return place == null || place >= cells.size() ? null : content(cells.get(place));
  }

  private static @Nullable String content(String cell) {
    String text = cell.strip();
    return text.isEmpty() ? null : text;
  }

  private static Instant time(String text) throws BadCell {
    boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    String iso =
        spaced ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1) : text;
    try {
      return iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > DATE_LENGTH
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException neither) {
      throw new BadCell(
          "occurred_at \"%s\" is neither ISO 8601 nor yyyy-MM-dd HH:mm:ss[.fffffff] in UTC"
              .formatted(text));
    }
  }

  /// A whole number, also as floating numbers are written: `10.0`.
  private static BigDecimal count(String column, String text) throws BadCell {
    if (COUNT.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    throw new BadCell("%s \"%s\" is not a whole number from 0".formatted(column, text));
  }
}
