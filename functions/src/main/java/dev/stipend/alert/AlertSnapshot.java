package dev.stipend.alert;

import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.Reason;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything a message about an alert says, as it was when the alert changed. Stored with the
/// alert, sent by every channel, and the payload of webhooks.
///
/// @param id identity of this notice, the same at every attempt to send it
/// @param type such as `alert.raised`, `alert.recovered` or `summary.daily`
/// @param occurredAt when the alert changed
/// @param workspace slug of the tenant
/// @param locale BCP 47 tag of the language of its people; absent in snapshots of before
/// @param alert what was raised or has recovered
/// @param budget whose threshold it is
/// @param period in which it counts
/// @param spend where it stands
/// @param since what has changed since the alert that people were notified of before; absent for
///     the first of a period
/// @param forecast how it goes on; absent while too little is known
/// @param unusual what is unusual; of that alert only
/// @param stale what stays away; of that alert only
/// @param summary what a summary shows of its window besides the spend; only in summaries
/// @param topContributors what it is made of
/// @param burnDown how spend has come so far, in even steps from zero at the period's start; none
///     in notices of older releases
/// @param missed alerts of the counter that opened and were over while they were held back, because
///     their threshold was crossed too often; oldest first
/// @param undelivered the channels that could not be reached with it; only in what is sent to
///     another channel instead
/// @param dataAsOf when the counter last changed
/// @param link where to see more; absent when no console is configured
@Serdeable
public record AlertSnapshot(
    String id,
    String type,
    Instant occurredAt,
    String workspace,
    @Nullable String locale,
    Alert alert,
    BudgetPart budget,
    PeriodPart period,
    SpendPart spend,
    @Nullable Since since,
    @Nullable ForecastPart forecast,
    @Nullable UnusualPart unusual,
    @Nullable StalePart stale,
    @Nullable SummaryPart summary,
    List<Contributor> topContributors,
    List<SpendPoint> burnDown,
    List<Missed> missed,
    List<Undelivered> undelivered,
    Instant dataAsOf,
    @Nullable String link) {
  public AlertSnapshot {
    burnDown = burnDown == null ? List.of() : List.copyOf(burnDown);
    missed = missed == null ? List.of() : List.copyOf(missed);
    undelivered = undelivered == null ? List.of() : List.copyOf(undelivered);
  }

  /// The same as another notice, for people who may have had one with this identity: some channels
  /// were notified before they were silenced.
  public AlertSnapshot again(Instant now) {
    return as(id + "." + now.getEpochSecond(), type, undelivered);
  }

  /// The same for a channel that stands in for another one.
  public AlertSnapshot elsewhere(String newId, String newType, Undelivered channel) {
    return as(
        newId,
        newType,
        Stream.concat(undelivered.stream(), Stream.of(channel)).distinct().toList());
  }

  private AlertSnapshot as(String newId, String newType, List<Undelivered> channels) {
    return new AlertSnapshot(
        newId,
        newType,
        occurredAt,
        workspace,
        locale,
        alert,
        budget,
        period,
        spend,
        since,
        forecast,
        unusual,
        stale,
        summary,
        topContributors,
        burnDown,
        missed,
        channels,
        dataAsOf,
        link);
  }

  /// The alert itself.
  ///
  /// @param type what it is about; absent from what is no alert, such as a test or a summary
  /// @param threshold in percent of the limit
  /// @param severity `info`, `warning` or `critical`
  /// @param reason why it changed, in English
  /// @param reasonCode the same as a code; absent in snapshots of older releases
  /// @param parameters what the code compares: exact amounts, percents and times, by name
  @Serdeable
  public record Alert(
      UUID id,
      @Nullable AlertType type,
      BigDecimal threshold,
      String severity,
      String reason,
      @Nullable String reasonCode,
      @Nullable Map<String, String> parameters) {
    /// With a reason, worded in English.
    public static Alert of(
        UUID id,
        @Nullable AlertType type,
        BigDecimal threshold,
        Severity severity,
        Reason reason,
        String text) {
      return new Alert(
          id,
          type,
          threshold,
          Labels.of(severity),
          text,
          Labels.of(reason.code()),
          reason.parameters());
    }

    /// The reason, if it was stored as a code that this release knows.
    public Optional<Reason> why() {
      return Optional.ofNullable(reasonCode)
          .flatMap(Reason.Code::find)
          .map(code -> Reason.of(code, parameters == null ? Map.of() : parameters));
    }
  }

  /// An alert that was not sent to anybody while it was open.
  ///
  /// @param threshold in percent of the limit
  @Serdeable
  public record Missed(
      AlertType type, BigDecimal threshold, Instant raisedAt, @Nullable Instant resolvedAt) {}

  /// A channel that a notice could not be delivered to.
  ///
  /// @param channel its name
  /// @param cause what its provider answered; absent if people were already notified that it fails
  @Serdeable
  public record Undelivered(String channel, @Nullable String cause) {}

  /// The budget.
  ///
  /// @param subject the id that the counter is of
  @Serdeable
  public record BudgetPart(
      UUID id, String name, String scope, String scopeId, String subject, boolean hardLimit) {}

  /// The period, in instants; `timeZone` is the zone to show them in.
  ///
  /// @param end when the budget starts from nothing again
  @Serdeable
  public record PeriodPart(String kind, Instant start, Instant end, String timeZone) {}

  /// The numbers.
  ///
  /// @param amount recorded spend
  /// @param percent of the limit, one decimal, rounded down
  /// @param held reserved and not settled
  /// @param unpriced recorded events that nobody could price
  @Serdeable
  public record SpendPart(
      Money amount,
      Money limit,
      BigDecimal percent,
      Money held,
      Money remaining,
      String currency,
      long requests,
      long unpriced) {}

  /// What a day or a week came to.
  ///
  /// @param before the spend of the day or week before
  /// @param alerts how many alerts were raised
  /// @param movers who spent most otherwise than before, the greatest change first
  /// @param atRisk budgets near their limit or on course for it, the nearest first
  @Serdeable
  public record SummaryPart(Money before, long alerts, List<Mover> movers, List<AtRisk> atRisk) {}

  /// An agent, a model or a user whose spend has changed.
  ///
  /// @param spend in the window
  /// @param change since the one before; negative if it was more then
  @Serdeable
  public record Mover(String dimension, String id, Money spend, Money change) {}

  /// A budget that may not last.
  ///
  /// @param percent of the limit, one decimal, rounded down
  @Serdeable
  public record AtRisk(
      String budget, String subject, Money spend, Money limit, BigDecimal percent) {}

  /// What has changed since an alert.
  ///
  /// @param raisedAt when it was raised
  /// @param threshold its threshold in percent of the limit
  /// @param change of the spend since; negative after refunds
  @Serdeable
  public record Since(Instant raisedAt, BigDecimal threshold, Money change) {}

  /// How spend goes on.
  ///
  /// @param amount expected at the end of the period; between `low` and `high` in eight of ten
  ///     cases
  /// @param runsOutAt when the limit will be reached; absent if not in this period, or already
  @Serdeable
  public record ForecastPart(Money amount, Money low, Money high, @Nullable Instant runsOutAt) {}

  /// An hour that cost more than usual.
  ///
  /// @param hour its start
  /// @param spend what it cost
  /// @param usual what is usual
  @Serdeable
  public record UnusualPart(Instant hour, Money spend, Money usual) {}

  /// Usage that stays away.
  ///
  /// @param since the end of the last hour in which something was spent
  /// @param usualMinutes how long that is ago at most, usually, at this time of the week
  @Serdeable
  public record StalePart(Instant since, long usualMinutes) {}
}
