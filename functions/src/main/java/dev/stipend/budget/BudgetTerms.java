package dev.stipend.budget;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What may be edited of a budget. The rest decides which usage it counts, and stays: who wants
/// another scope or other periods makes another budget.
///
/// @param channels where its alerts go, each once; empty means the workspace's default channels
/// @param endsAt the end of a total budget that has one
public record BudgetTerms(
    String name,
    Money limit,
    List<Threshold> thresholds,
    List<UUID> channels,
    boolean hardLimit,
    OnFailure onFailure,
    BudgetStatus status,
    Optional<Instant> endsAt,
    Optional<Increase> increase) {
  public BudgetTerms {
    thresholds = List.copyOf(thresholds);
    channels = channels.stream().distinct().sorted().toList();
  }

  static BudgetTerms of(Budget budget, List<UUID> channels) {
    Optional<Instant> end =
        budget.cadence() instanceof TotalCadence total
            ? Optional.of(total.period().end()).filter(at -> !at.equals(Period.FOREVER))
            : Optional.empty();
    return new BudgetTerms(
        budget.name(),
        budget.limit(),
        budget.thresholds(),
        channels,
        budget.hardLimit(),
        budget.onFailure(),
        budget.status(),
        end,
        budget.increase());
  }

  /// The terms with another status.
  public BudgetTerms withStatus(BudgetStatus other) {
    return new BudgetTerms(
        name, limit, thresholds, channels, hardLimit, onFailure, other, endsAt, increase);
  }

  /// The terms with another increase, or none.
  public BudgetTerms withIncrease(Optional<Increase> other) {
    return new BudgetTerms(
        name, limit, thresholds, channels, hardLimit, onFailure, status, endsAt, other);
  }

  /// Whether an evaluation may decide otherwise under the other terms.
  boolean alertsAs(BudgetTerms other) {
    return limit.equals(other.limit)
        && thresholds.equals(other.thresholds)
        && status == other.status
        && endsAt.equals(other.endsAt)
        && increase.equals(other.increase);
  }

  /// As the API names and writes them, for histories.
  Map<String, Object> shown() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("limitAmount", limit.toString());
    fields.put("thresholds", thresholds.stream().map(BudgetTerms::shown).toList());
    fields.put("channels", texts(channels));
    fields.put("hardLimit", hardLimit);
    fields.put("onFailure", Labels.of(onFailure));
    fields.put("status", Labels.of(status));
    endsAt.ifPresent(end -> fields.put("endsAt", end.toString()));
    increase.ifPresent(
        higher ->
            fields.put(
                "increase",
                Map.of(
                    "limitAmount", higher.limit().toString(), "until", higher.until().toString())));
    return fields;
  }

  private static Map<String, Object> shown(Threshold threshold) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("percent", Threshold.plain(threshold.percent()));
    fields.put("kind", Labels.of(threshold.kind()));
    fields.put("severity", Labels.of(threshold.severity()));
    fields.put("channels", texts(threshold.channels()));
    threshold.remindEvery().ifPresent(every -> fields.put("remindEveryHours", every.toHours()));
    return fields;
  }

  private static List<String> texts(List<UUID> ids) {
    return ids.stream().map(UUID::toString).toList();
  }
}
