package dev.stipend.ingest.monthly;

import dev.stipend.money.Money;
import java.util.Map;
import java.util.TreeMap;

/// What a user used in a month.
///
/// @param byAgent by the agent's id; an empty one is no agent
public record MonthlySums(Map<String, Sum> byAgent) {
  public MonthlySums {
    byAgent = new TreeMap<>(byAgent);
  }

  /// What was used.
  ///
  /// @param tokens read and written
  public record Sum(long requests, long tokens, Money cost) {
    static final Sum NOTHING = new Sum(0, 0, Money.ZERO);

    Sum plus(Sum other) {
      return new Sum(requests + other.requests, tokens + other.tokens, cost.plus(other.cost));
    }
  }

  /// What all agents used.
  Sum total() {
    return byAgent.values().stream().reduce(Sum.NOTHING, Sum::plus);
  }
}
