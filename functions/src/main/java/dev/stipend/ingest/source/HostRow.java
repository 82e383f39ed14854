package dev.stipend.ingest.source;

import dev.stipend.ingest.bulk.UsageColumns;
import dev.stipend.ingest.record.AttributionFields;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.secrets.Sha256;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a host, as texts.
///
/// @param values by the columns of a usage event; a null is absent
/// @param isSettled whether its cost is final; where nobody knows, it is not
record HostRow(Map<String, String> values, boolean isSettled) {
  private static final int LONGEST_ID = 140;
  private static final String ZERO_OFFSET = "+00";

  /// A row that is no event; the message says which column and why.
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String reason) {
      super(reason);
    }
  }

  /// @param columns what the answer gives, in its order
  static HostRow read(ResultSet row, List<String> columns) throws SQLException {
    Map<String, String> values = HashMap.newHashMap(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String value = row.getString(i + 1);
      if (value != null) {
        values.put(columns.get(i), value);
      }
    }
    boolean settles = columns.contains(SourceColumns.SETTLED);
    return new HostRow(
        values, !settles || values.getOrDefault(SourceColumns.SETTLED, "").equals("true"));
  }

  /// Its id in the host.
  String id() {
    return values.getOrDefault(UsageColumns.EVENT_ID, "");
  }

  /// Its time as the host writes it.
  String time() {
    return values.getOrDefault(UsageColumns.OCCURRED_AT, "");
  }

  /// Its id as an event of a source; ids that are too long are shortened to their digest.
  ///
  /// @param prefix what the ids of the source begin with
  String eventId(String prefix) {
    String id = id();
    return prefix + (id.length() > LONGEST_ID ? HexFormat.of().formatHex(Sha256.of(id)) : id);
  }

  /// Whether it has cost anything yet.
  boolean hasCost() {
    String cost = values.get(UsageColumns.COST);
    try {
      return cost != null && new BigDecimal(cost).signum() != 0;
    } catch (NumberFormatException noNumber) {
      return true;
    }
  }

  /// The usage event in its native form, under an id that stands for any.
  ///
  /// @throws Unreadable if a value does not fit its column
  Map<String, Object> event(SourceSettings settings) throws Unreadable {
    if (id().isEmpty()) {
      throw new Unreadable("event_id is empty");
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventId", "row");
    event.put("occurredAt", instant(settings.zone()));
    for (Map.Entry<String, String> value : values.entrySet()) {
      put(event, value.getKey(), value.getValue().strip(), settings.costUnit());
    }
    if (!event.containsKey("cost") && !event.containsKey("model")) {
      throw new Unreadable("has neither a cost nor a model, so it can never be priced");
    }
    return event;
  }

  private static void put(Map<String, Object> event, String column, String text, CostUnit unit)
      throws Unreadable {
    String field = UsageColumns.TEXTS.get(column);
    String count = UsageColumns.COUNTS.get(column);
    if (text.isEmpty()) {
      return;
    }
    if (field != null) {
      event.put(field, column.equals("currency") ? text.toUpperCase(Locale.ROOT) : text);
    } else if (count != null) {
      event.put(count, number(column, text));
    } else if (column.equals(UsageColumns.COST)) {
      event.put("cost", unit.amount(number(column, text)));
    } else if (column.equals(SourceColumns.TAGS)) {
      event.put("tags", tags(text));
    }
  }

  private static BigDecimal number(String column, String text) throws Unreadable {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      throw new Unreadable("%s %s is no number".formatted(column, text));
    }
  }

  /// Tags as far as they can be labels: a cost counts whatever stands beside it.
  private static Map<String, String> tags(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    try {
      if (ExactJson.parse(text) instanceof Map<?, ?> all) {
        all.forEach(
            (name, value) -> {
              String key = String.valueOf(name);
              if (tags.size() < AttributionFields.MOST_TAGS && isLabel(key) && isPlain(value)) {
                tags.put(
                    key, PrintableText.of(String.valueOf(value), AttributionFields.LONGEST_ID - 1));
              }
            });
      }
    } catch (InvalidJsonException noJson) {
      // Longer than what is read of it.
    }
    return tags;
  }

  private static boolean isLabel(String name) {
    return !PrintableText.isInvisible(name)
        && name.length() <= AttributionFields.LONGEST_ID - 1
        && name.chars().noneMatch(letter -> letter == '=' || Character.isISOControl(letter));
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof BigDecimal
        || value instanceof Boolean
        || (value instanceof String text && !text.isBlank());
  }

  /// When it happened.
  ///
  /// @throws Unreadable if the host has no such time
  Instant instant(ZoneId zone) throws Unreadable {
    String time = time();
    boolean hasOffset = time.endsWith(ZERO_OFFSET);
    String local =
        (hasOffset ? time.substring(0, time.length() - ZERO_OFFSET.length()) : time)
            .replace(' ', 'T');
    try {
      return LocalDateTime.parse(local).atZone(hasOffset ? ZoneOffset.UTC : zone).toInstant();
    } catch (DateTimeException noTime) {
      throw new Unreadable("occurred_at %s is no time".formatted(time));
    }
  }
}
