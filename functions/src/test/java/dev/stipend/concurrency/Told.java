package dev.stipend.concurrency;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// What a sender tells of one event.
///
/// @param refund an adjustment, which gives money back
/// @param model its provider is `openai` for `gpt-4o`, else `acme`
/// @param cost empty where the price book has to know
record Told(
    String id,
    Instant at,
    boolean refund,
    String user,
    String agent,
    String team,
    String model,
    long input,
    long cached,
    long output,
    Optional<BigDecimal> cost,
    Map<String, String> tags) {

  String provider() {
    return model.equals("gpt-4o") ? "openai" : "acme";
  }

  long micros() {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
  }

  String json() {
    StringJoiner fields = new StringJoiner(",", "{", "}");
    text(fields, "eventId", id);
    text(fields, "occurredAt", at.toString());
    text(fields, "kind", refund ? "adjustment" : "usage");
    text(fields, "userId", user);
    text(fields, "agentId", agent);
    text(fields, "teamId", team);
    text(fields, "provider", provider());
    text(fields, "model", model);
    fields.add("\"inputTokens\":" + input);
    fields.add("\"cachedInputTokens\":" + cached);
    fields.add("\"outputTokens\":" + output);
    cost.ifPresent(amount -> text(fields, "cost", amount.toPlainString()));
    StringJoiner labels = new StringJoiner(",", "{", "}");
    tags.forEach((name, value) -> text(labels, name, value));
    fields.add("\"tags\":" + labels);
    return fields.toString();
  }

  private static void text(StringJoiner fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add("\"" + name + "\":\"" + value + "\"");
    }
  }
}
