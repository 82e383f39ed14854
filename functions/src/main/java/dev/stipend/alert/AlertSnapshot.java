package dev.stipend.alert;

import dev.stipend.budget.Contributor;
import dev.stipend.budget.SpendPoint;
import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything a message about an alert says, as it was when the alert changed. Stored with the
/// alert, sent by every channel, and the payload of webhooks.
///
/// @param id identity of this notice, the same at every attempt to send it
/// @param type `alert.raised` or `alert.recovered`
/// @param occurredAt when the alert changed
/// @param workspace slug of the tenant
/// @param locale BCP 47 tag of the language of its people; absent in snapshots of before
/// @param alert what was raised or has recovered
/// @param budget whose line it is
/// @param period in which it counts
/// @param spend where it stands
/// @param since what has changed since the alert that people were told of before; absent for the
///     first of a period
/// @param forecast how it goes on; absent while too little is known
/// @param unusual what is unusual; of that alert only
/// @param stale what stays away; of that alert only
/// @param topContributors what it is made of
/// @param burnDown how spend has come so far, in even steps from zero at the period's start; none
///     in notices of older releases
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
    List<Contributor> topContributors,
    List<SpendPoint> burnDown,
    Instant dataAsOf,
    @Nullable String link) {
  public AlertSnapshot {
    burnDown = burnDown == null ? List.of() : List.copyOf(burnDown);
  }

  /// The same as another notice, for people who may have had one with this identity: some channels
  /// were told before they were silenced.
  AlertSnapshot again(Instant now) {
    return as(id + "." + now.getEpochSecond(), type, alert);
  }

  /// The same figures in another notice.
  public AlertSnapshot as(String newId, String newType, Alert newAlert) {
    return new AlertSnapshot(
        newId,
        newType,
        occurredAt,
        workspace,
        locale,
        newAlert,
        budget,
        period,
        spend,
        since,
        forecast,
        unusual,
        stale,
        topContributors,
        burnDown,
        dataAsOf,
        link);
  }

  /// The alert itself.
  ///
  /// @param threshold the line in percent of the limit
  /// @param severity `info`, `warning` or `critical`
  /// @param reason why it changed
  @Serdeable
  public record Alert(
      UUID id, AlertType type, BigDecimal threshold, String severity, String reason) {}

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

  /// What has changed since an alert.
  ///
  /// @param raisedAt when it was raised
  /// @param threshold its line in percent of the limit
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
