package dev.stipend.enforcement;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import java.util.Map;
import java.util.Optional;

/// Work that somebody wants to do.
///
/// @param who whom and what it would be spent on
/// @param tags free labels
/// @param estimatedCost the maximum cost, if the caller knows it; else it follows from the tokens
/// @param tokens what it will use at most
/// @param leastOutput the fewest output tokens that are worth the work, where fewer than in
///     `tokens` would do
public record Work(
    Attribution who,
    Map<String, String> tags,
    Optional<Money> estimatedCost,
    TokenUsage tokens,
    Optional<Long> leastOutput) {}
