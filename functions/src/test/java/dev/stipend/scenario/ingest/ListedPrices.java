package dev.stipend.scenario.ingest;

import dev.stipend.support.Stipend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Prices and costs as the API shows them.
final class ListedPrices {
  private ListedPrices() {}

  static String million(String id, String provider, String model, Instant at) {
    return """
    {"eventId":"%s","occurredAt":"%s","provider":"%s","model":"%s","inputTokens":1000000}\
    """
        .formatted(id, at, provider, model);
  }

  static List<String> costs(Stipend stipend) {
    return stipend.database.rows(
        "SELECT event_id, CASE WHEN unpriced = 0 THEN cost END FROM stipend.usage_logs ORDER BY"
            + " event_id");
  }

  static List<String> models(Stipend stipend, String query) {
    return stipend.api("GET", "/api/prices?" + query, "").items().stream()
        .map(item -> (Map<?, ?>) Objects.requireNonNull(item))
        .map(item -> item.get("model") + " " + input(item))
        .toList();
  }

  private static Object input(Map<?, ?> item) {
    Map<?, ?> prices = (Map<?, ?>) Objects.requireNonNull(item.get("perMillion"));
    return Objects.requireNonNull(prices.get("input"));
  }
}
