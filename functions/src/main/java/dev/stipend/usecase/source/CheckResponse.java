package dev.stipend.usecase.source;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was found when a source was tried.
///
/// @param rows how many rows the relation has, estimated; absent where nobody knows
/// @param identifiedBy the column that identifies a row
/// @param orderedBy the column of the time, by which rows are read
/// @param lastDay what the last 24 hours came to
/// @param sample the newest rows as they would be recorded
/// @param unreadable why newest rows cannot be recorded
/// @param warnings what may go wrong, with what to do
@Serdeable
public record CheckResponse(
    String relation,
    Optional<Long> rows,
    String identifiedBy,
    String orderedBy,
    LastDay lastDay,
    List<SampleRow> sample,
    List<String> unreadable,
    List<String> warnings) {
  /// What the last 24 hours came to.
  ///
  /// @param rows at most 10,000 are looked at
  /// @param cost what rows with a cost came to; others are priced when they are recorded
  @Serdeable
  public record LastDay(Instant from, int rows, Money cost) {}

  /// A row as it would be recorded.
  ///
  /// @param cost absent where the price list prices it
  @Serdeable
  public record SampleRow(
      String eventId,
      Instant occurredAt,
      String userId,
      String agentId,
      String workflowId,
      String teamId,
      String provider,
      String model,
      long inputTokens,
      long outputTokens,
      Optional<Money> cost) {
    static SampleRow of(UsageEvent event) {
      Attribution who = event.attribution();
      return new SampleRow(
          event.eventId(),
          event.occurredAt(),
          who.userId(),
          who.agentId(),
          who.workflowId(),
          who.teamId(),
          who.provider(),
          who.model(),
          event.tokens().input(),
          event.tokens().output(),
          event.cost());
    }
  }

  public static CheckResponse of(SourceCheck check) {
    return new CheckResponse(
        check.relation(),
        Optional.of(check.rows()).filter(known -> known >= 0),
        check.identifiedBy(),
        check.orderedBy(),
        new LastDay(check.dayFrom(), check.dayRows(), new Money(check.dayCost())),
        check.sample().stream().map(SampleRow::of).toList(),
        check.unreadable(),
        check.warnings());
  }
}
