package dev.stipend.report.usage;

import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An event as the ledger has it.
///
/// @param eventId its identity within the workspace
/// @param occurredAt when it happened
/// @param recordedAt when it was recorded
/// @param kind `usage`, or `adjustment`
/// @param corrects the event that an adjustment corrects; absent where that is not known
/// @param userId absent where there is none, as the ids below
/// @param inputTokens input, cached included
/// @param cachedInputTokens the cached part of the input
/// @param cacheWriteTokens the part of the input that was written to a cache; absent where its
///     sender did not say, as other parts
/// @param cost what it cost, in the workspace's currency; absent where nobody could price it
/// @param unpriced what it adds to the count of unpriced events: 1 where nobody could price it, -1
///     for the adjustment that priced one later
/// @param details what few events have, such as a service tier, and how it was told; absent where
///     there is nothing
@Serdeable
public record RecordedEvent(
    String eventId,
    Instant occurredAt,
    Instant recordedAt,
    String kind,
    Optional<String> corrects,
    Optional<String> userId,
    Optional<String> agentId,
    Optional<String> workflowId,
    Optional<String> teamId,
    Optional<String> provider,
    Optional<String> model,
    long inputTokens,
    long cachedInputTokens,
    Optional<Long> cacheWriteTokens,
    Optional<Long> audioInputTokens,
    long outputTokens,
    Optional<Long> reasoningTokens,
    Optional<Long> audioOutputTokens,
    Optional<Money> cost,
    int unpriced,
    Map<String, String> tags,
    Optional<Object> details) {
  /// Its place in the list.
  public EventPlace place() {
    return new EventPlace(occurredAt, eventId);
  }
}
