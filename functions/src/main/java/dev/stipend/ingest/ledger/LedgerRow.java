package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a usage event stands in the ledger.
@Singleton
public class LedgerRow {
  private static final Argument<Map<String, String>> TAGS =
      Argument.mapOf(String.class, String.class);

  private final JsonText json;

  LedgerRow(JsonText json) {
    this.json = json;
  }

  /// The event of a row that has the ledger's columns. Its cost is empty: a cost may have been
  /// computed, and only its sender knows what it told.
  public UsageEvent event(ResultSet row) throws SQLException {
    return new UsageEvent(
        row.getString("event_id"),
        Instants.read(row, "occurred_at"),
        Labels.parse(EventKind.class, row.getString("kind")),
        Optional.ofNullable(row.getString("corrects")),
        new Attribution(
            row.getString("user_id"),
            row.getString("agent_id"),
            row.getString("workflow_id"),
            row.getString("team_id"),
            row.getString("provider"),
            row.getString("model")),
        // A count that is NULL reads as 0.
        new TokenUsage(
            row.getLong("input_tokens"),
            row.getLong("cached_input_tokens"),
            row.getLong("cache_write_tokens"),
            row.getLong("audio_input_tokens"),
            row.getLong("output_tokens"),
            row.getLong("reasoning_tokens"),
            row.getLong("audio_output_tokens"),
            DetailsColumn.read(row.getString("details"))),
        Optional.empty(),
        tags(row.getString("tags")));
  }

  /// What the row counts; nothing where its cost is not known.
  public static Money counted(ResultSet row) throws SQLException {
    BigDecimal cost = row.getBigDecimal("cost");
    return cost == null ? Money.ZERO : new Money(cost);
  }

  private Map<String, String> tags(String text) {
    return text.equals("{}") ? Map.of() : json.read(text, TAGS);
  }

  String tags(Map<String, String> tags) {
    return tags.isEmpty() ? "{}" : json.write(tags);
  }

  /// What an event has that few have, as the ledger keeps it; null if it has nothing.
  @Nullable String details(PricedEvent priced) {
    Map<String, Object> details =
        DetailsColumn.of(
            priced.event().tokens().details(), priced.assumed(), priced.event().origin());
    return details.isEmpty() ? null : json.write(details);
  }
}
