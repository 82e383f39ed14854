package dev.stipend.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Work that is about to be done: whom it is for, and what it costs at most, as an amount or as
/// tokens of a model.
///
/// @param attribution who and what it is spent on, by the names of the API: `userId`, `agentId`,
///     `workflowId`, `teamId`, `provider`, `model`
/// @param tags free labels
/// @param estimatedCost in the workspace's currency; empty where the tokens tell
/// @param inputTokens as many as are sent
/// @param maxOutputTokens as many as are generated at most
/// @param minOutputTokens as few as are still worth it, rather than be refused
/// @param ttl how long headroom is held for it, in whole seconds
public record Work(
    Map<String, String> attribution,
    Map<String, String> tags,
    Optional<BigDecimal> estimatedCost,
    OptionalLong inputTokens,
    OptionalLong maxOutputTokens,
    OptionalLong minOutputTokens,
    Duration ttl) {
  private static final Duration USUAL_TTL = Duration.ofMinutes(5);

  public Work {
    attribution = Map.copyOf(attribution);
    tags = Map.copyOf(tags);
  }

  /// Work of an agent for a user that costs at most this.
  public static Work costing(String userId, String agentId, BigDecimal estimatedCost) {
    return new Work(
        Map.of("userId", userId, "agentId", agentId),
        Map.of(),
        Optional.of(estimatedCost),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        USUAL_TTL);
  }

  /// Work of an agent for a user that uses at most these tokens of a model.
  public static Work calling(
      String userId,
      String agentId,
      String provider,
      String model,
      long inputTokens,
      long maxOutputTokens) {
    return new Work(
        Map.of("userId", userId, "agentId", agentId, "provider", provider, "model", model),
        Map.of(),
        Optional.empty(),
        OptionalLong.of(inputTokens),
        OptionalLong.of(maxOutputTokens),
        OptionalLong.empty(),
        USUAL_TTL);
  }

  /// The fields by which the API asks for it.
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>(attribution);
    if (!tags.isEmpty()) {
      fields.put("tags", tags);
    }
    estimatedCost.ifPresent(cost -> fields.put("estimatedCost", cost.toPlainString()));
    inputTokens.ifPresent(tokens -> fields.put("inputTokens", tokens));
    maxOutputTokens.ifPresent(tokens -> fields.put("maxOutputTokens", tokens));
    minOutputTokens.ifPresent(tokens -> fields.put("minOutputTokens", tokens));
    return fields;
  }

  /// What it came to: an amount, or tokens that the server has a price for.
  ///
  /// @param cost in the workspace's currency; empty where the tokens tell
  /// @param inputTokens as many as were sent
  /// @param outputTokens as many as were generated
  public record Usage(
      Optional<BigDecimal> cost, OptionalLong inputTokens, OptionalLong outputTokens) {
    /// Usage whose cost is known.
    public static Usage costing(BigDecimal cost) {
      return new Usage(Optional.of(cost), OptionalLong.empty(), OptionalLong.empty());
    }

    /// Usage that is to be priced.
    public static Usage ofTokens(long inputTokens, long outputTokens) {
      return new Usage(
          Optional.empty(), OptionalLong.of(inputTokens), OptionalLong.of(outputTokens));
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      cost.ifPresent(amount -> fields.put("cost", amount.toPlainString()));
      inputTokens.ifPresent(tokens -> fields.put("inputTokens", tokens));
      outputTokens.ifPresent(tokens -> fields.put("outputTokens", tokens));
      return fields;
    }
  }
}
