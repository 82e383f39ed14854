package dev.stipend.http.reservation;

import dev.stipend.enforcement.Work;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.ServiceTier;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.record.AttributionFields;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonFields;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request that asks whether work may be done.
///
/// @param work what is to be done
/// @param ttl how long headroom is to be held for it
public record WorkRequest(Work work, Duration ttl) {
  private static final long USUAL_TTL = 300;
  private static final int LONGEST_TIER = 40;
  static final long LONGEST_TTL = Duration.ofDays(1).toSeconds();

  /// Reads every field, and checks them together.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static WorkRequest toValidate(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    Work work = work(fields);
    fields.refuseUnknown();
    fields.check();
    return new WorkRequest(work, Duration.ZERO);
  }

  /// As {@link #toValidate}, with the time that it is to be held.
  public static WorkRequest toReserve(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    Work work = work(fields);
    Duration ttl = ttl(fields);
    fields.refuseUnknown();
    fields.check();
    return new WorkRequest(work, ttl);
  }

  /// The time that headroom is to be held, in `ttlSeconds`.
  public static Duration ttl(JsonFields fields) {
    return Duration.ofSeconds(fields.whole("ttlSeconds", 1, LONGEST_TTL).orElse(USUAL_TTL));
  }

  private static Work work(JsonFields fields) {
    Attribution who = AttributionFields.who(fields);
    Map<String, String> tags = AttributionFields.tags(fields);
    Optional<Money> cost = fields.money("estimatedCost");
    if (cost.filter(Money::isNegative).isPresent()) {
      fields.error("estimatedCost", "must not be negative");
    }
    Optional<Long> input = tokens(fields, "inputTokens");
    Optional<Long> cached = tokens(fields, "cachedInputTokens");
    Optional<Long> output = tokens(fields, "maxOutputTokens");
    Optional<Long> least = tokens(fields, "minOutputTokens");
    if (cost.isEmpty()) {
      requireTokens(fields, who, input, output);
    }
    if (cached.orElse(0L) > input.orElse(0L)) {
      fields.error("cachedInputTokens", "must not exceed inputTokens, which include them");
      cached = input;
    }
    if (least.orElse(0L) > output.orElse(0L)) {
      fields.error("minOutputTokens", "must not exceed maxOutputTokens");
    }
    String tier =
        fields.text("serviceTier", LONGEST_TIER).map(ServiceTier::of).orElse(ServiceTier.STANDARD);
    TokenUsage tokens =
        TokenUsage.of(input.orElse(0L), cached.orElse(0L), output.orElse(0L)).served(tier);
    return new Work(who, tags, cost, tokens, least);
  }

  private static void requireTokens(
      JsonFields fields, Attribution who, Optional<Long> input, Optional<Long> output) {
    if (input.isEmpty() && output.isEmpty()) {
      fields.error("estimatedCost", "is required, or inputTokens and maxOutputTokens of a model");
    } else if (output.isEmpty()) {
      fields.error("maxOutputTokens", "is required: without it the cost has no bound");
    }
    if (who.model().isEmpty() && (input.isPresent() || output.isPresent())) {
      fields.error("model", "is required to estimate the cost of tokens");
    }
  }

  private static Optional<Long> tokens(JsonFields fields, String name) {
    return fields.whole(name, 0, TokenUsage.MOST);
  }
}
