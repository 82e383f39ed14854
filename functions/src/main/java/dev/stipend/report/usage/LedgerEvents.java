package dev.stipend.report.usage;

import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Finds events of the ledger.
@Singleton
public class LedgerEvents {
  /// How many rows a page looks at, which takes a fraction of a second.
  static final int MOST_ROWS = 50_000;

  private final JdbcOperations jdbc;

  LedgerEvents(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Events, newest first.
  ///
  /// @param next where the list goes on; empty where this is its end
  /// @param full whether there are as many as were asked for; otherwise the page stopped because it
  ///     had looked at much, or the list ends
  public record Found(List<RecordedEvent> events, Optional<EventPlace> next, boolean full) {}

  /// A page of the events that are asked for.
  @Transactional
  public Found page(UUID workspace, EventQuery asked) {
    return page(workspace, asked, MOST_ROWS);
  }

  /// @param rows how many rows may be looked at
  @Transactional
  Found page(UUID workspace, EventQuery asked, int rows) {
    EventQuery query = narrowed(workspace, asked);
    EventSql sql = EventSql.page(workspace, query, rows);
    List<RecordedEvent> found =
        Sql.list(jdbc, sql.text(), LedgerEvents::event, sql.values().toArray());
    if (found.size() > query.limit()) {
      List<RecordedEvent> events = found.subList(0, query.limit());
      return new Found(events, Optional.of(events.getLast().place()), true);
    }
    return new Found(
        found, query.isPicky() ? last(workspace, query, rows) : Optional.empty(), false);
  }

  private Optional<EventPlace> last(UUID workspace, EventQuery query, int rows) {
    EventSql sql = EventSql.last(workspace, query, rows);
    return Sql.first(
        jdbc,
        sql.text(),
        row -> new EventPlace(Instants.read(row, "occurred_at"), row.getString("event_id")),
        sql.values().toArray());
  }

  /// An event that came lately is known by its id, so that nobody need look for it.
  private EventQuery narrowed(UUID workspace, EventQuery query) {
    return query
        .eventId()
        .flatMap(
            id ->
                Sql.first(
                    jdbc,
                    """
                    SELECT occurred_at
                    FROM stipend.usage_event_ids
                    WHERE workspace_id = ?
                      AND event_id = ?
                    """,
                    row -> Instants.read(row, "occurred_at"),
                    workspace,
                    id))
        .filter(query.range()::contains)
        .map(at -> query.within(at(at)))
        .orElse(query);
  }

  private static Period at(Instant instant) {
    return new Period(instant, instant.plus(1, ChronoUnit.MICROS));
  }

  private static RecordedEvent event(ResultSet row) throws SQLException {
    BigDecimal cost = row.getBigDecimal("cost");
    return new RecordedEvent(
        row.getString("event_id"),
        Instants.read(row, "occurred_at"),
        Instants.read(row, "recorded_at"),
        row.getString("kind"),
        Optional.ofNullable(row.getString("corrects")),
        id(row, "user_id"),
        id(row, "agent_id"),
        id(row, "workflow_id"),
        id(row, "team_id"),
        id(row, "provider"),
        id(row, "model"),
        row.getLong("input_tokens"),
        row.getLong("cached_input_tokens"),
        count(row, "cache_write_tokens"),
        count(row, "audio_input_tokens"),
        row.getLong("output_tokens"),
        count(row, "reasoning_tokens"),
        count(row, "audio_output_tokens"),
        cost == null ? Optional.empty() : Optional.of(new Money(cost)),
        row.getInt("unpriced"),
        tags(row.getString("tags")),
        Optional.ofNullable(row.getString("details")).map(ExactJson::parse));
  }

  private static Optional<String> id(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
  }

  private static Optional<Long> count(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, Long.class));
  }

  private static Map<String, String> tags(String json) {
    Map<String, String> tags = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(ExactJson.parse(json)))
        .forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
    return tags;
  }
}
