package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.ModelNames;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.Providers;
import dev.stipend.ingest.price.list.PriceListFile;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Traces in few words, and what they cost by the list of prices.
final class Spans {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final PriceBook PRICES =
      new PriceBook(new ModelNames(Providers.read()), PriceListFile.prices());

  private Spans() {}

  /// A span of trace `t1`.
  ///
  /// @param parent empty for the first
  /// @param attributes as in `gen_ai.request.model=gpt-4o gen_ai.usage.input_tokens=5`; a value in
  ///     braces is a text in JSON
  static String span(String id, String parent, String attributes) {
    List<String> all = new ArrayList<>();
    for (String each : attributes.strip().split("\\s+", -1)) {
      int equals = each.indexOf('=');
      String value = each.substring(equals + 1);
      all.add(
          "{\"key\":\"%s\",\"value\":{%s}}"
              .formatted(
                  each.substring(0, equals),
                  value.matches("[0-9]+")
                      ? "\"intValue\":\"" + value + "\""
                      : "\"stringValue\":\"" + value.replace("\"", "\\\"") + "\""));
    }
    return """
    {"traceId":"t1","spanId":"%s","parentSpanId":"%s","name":"%s",
     "endTimeUnixNano":"1796036400000000000","attributes":[%s]}\
    """
        .formatted(id, parent, id, String.join(",", all));
  }

  /// A request of one library.
  static String request(String scope, String... spans) {
    return """
    {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"%s","version":"1.0"},"spans":[%s]}]}]}\
    """
        .formatted(scope, String.join(",", spans));
  }

  /// One span of no library in particular.
  static String request(String attributes) {
    return request("", span("s1", "", attributes));
  }

  /// What the events of a request cost together, as far as there is a price; `unpriced` where there
  /// is none.
  static String cost(String... requests) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Object json : Translated.events(requests)) {
      UsageEvent event = UsageEventReader.live("USD", NOW).read(json);
      Optional<Money> cost =
          PRICES.costOf(
              event.attribution().provider(),
              event.attribution().model(),
              event.tokens(),
              event.occurredAt());
      if (cost.isEmpty()) {
        return "unpriced";
      }
      sum = sum.add(cost.get().amount());
    }
    return sum.stripTrailingZeros().toPlainString();
  }

  /// The ids of the spans that count.
  static List<String> calls(String... requests) {
    return Translated.events(requests).stream()
        .map(event -> String.valueOf(((Map<?, ?>) event).get("eventId")).replace("t1-", ""))
        .toList();
  }

  /// What is told beside events, by attribute and value.
  static List<String> unknown(String request) {
    Intake intake = Translated.intake(request);
    assertThat(intake.refusals()).isEmpty();
    List<UnknownUsage> all = new ArrayList<>(intake.unknown());
    intake.events().forEach(event -> all.addAll(event.unknown()));
    return all.stream().map(each -> each.attribute() + "=" + each.value()).sorted().toList();
  }
}
