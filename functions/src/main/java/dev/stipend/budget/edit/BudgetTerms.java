package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Increase;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What may be edited of a budget. The rest decides which usage it counts, and stays: who wants
/// another scope or other periods makes another budget.
///
/// @param channels where its alerts go, each once; empty means the workspace's default channels
/// @param endsAt the end of a total budget that has one
/// @param subjectIncreases higher limits for a time, by the subject
public record BudgetTerms(
    String name,
    Money limit,
    List<Threshold> thresholds,
    List<UUID> channels,
    boolean hardLimit,
    OnFailure onFailure,
    BudgetStatus status,
    Optional<Instant> endsAt,
    Optional<Increase> increase,
    Map<String, Increase> subjectIncreases) {
  public BudgetTerms {
    thresholds = List.copyOf(thresholds);
    subjectIncreases = new TreeMap<>(subjectIncreases);
    channels = channels.stream().distinct().sorted().toList();
  }

  /// What may be edited of a budget as it is.
  public static BudgetTerms of(Budget budget, List<UUID> channels) {
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
        budget.increase(),
        budget.subjectIncreases());
  }

  /// The budget as it would be with these terms.
  public Budget appliedTo(Budget budget) {
    return new Budget(
        budget.workspaceId(),
        budget.id(),
        name,
        budget.scope(),
        budget.scopeId(),
        limit,
        increase,
        budget.cadence() instanceof TotalCadence total
            ? new TotalCadence(
                total.zone(), new Period(total.period().start(), endsAt.orElse(Period.FOREVER)))
            : budget.cadence(),
        thresholds,
        hardLimit,
        onFailure,
        status,
        budget.version(),
        budget.countsFrom(),
        budget.createdAt(),
        budget.updatedAt(),
        subjectIncreases,
        budget.owner());
  }

  /// The terms with another status.
  public BudgetTerms withStatus(BudgetStatus other) {
    return new BudgetTerms(
        name,
        limit,
        thresholds,
        channels,
        hardLimit,
        onFailure,
        other,
        endsAt,
        increase,
        subjectIncreases);
  }

  /// The terms with another increase, or none.
  public BudgetTerms withIncrease(Optional<Increase> other) {
    return withIncreases(other, subjectIncreases);
  }

  /// The terms with an increase for one subject, in place of the one it had.
  public BudgetTerms withIncrease(String subject, Increase other) {
    Map<String, Increase> bySubject = new TreeMap<>(subjectIncreases);
    bySubject.put(subject, other);
    return withIncreases(increase, bySubject);
  }

  /// The terms without the increase of one subject.
  BudgetTerms withoutIncreaseOf(String subject) {
    Map<String, Increase> bySubject = new TreeMap<>(subjectIncreases);
    bySubject.remove(subject);
    return withIncreases(increase, bySubject);
  }

  /// The terms with the increases that last beyond an instant only.
  BudgetTerms withIncreasesAfter(Instant now) {
    Map<String, Increase> bySubject = new TreeMap<>(subjectIncreases);
    bySubject.values().removeIf(higher -> !now.isBefore(higher.until()));
    return withIncreases(increase.filter(higher -> now.isBefore(higher.until())), bySubject);
  }

  /// The terms without any increase.
  public BudgetTerms withoutIncreases() {
    return withIncreases(Optional.empty(), Map.of());
  }

  private BudgetTerms withIncreases(Optional<Increase> ofAll, Map<String, Increase> bySubject) {
    return new BudgetTerms(
        name, limit, thresholds, channels, hardLimit, onFailure, status, endsAt, ofAll, bySubject);
  }

  /// The subjects of which alone an evaluation may decide otherwise under the other terms; empty if
  /// that is all of them.
  Optional<Set<String>> subjectsThatChange(BudgetTerms other) {
    if (!alertsAsForOthers(other)) {
      return Optional.empty();
    }
    Set<String> changed = new HashSet<>(subjectIncreases.keySet());
    changed.addAll(other.subjectIncreases.keySet());
    changed.removeIf(
        subject ->
            Objects.equals(subjectIncreases.get(subject), other.subjectIncreases.get(subject)));
    return Optional.of(changed);
  }

  private boolean alertsAsForOthers(BudgetTerms other) {
    return limit.equals(other.limit)
        && thresholds.equals(other.thresholds)
        && status == other.status
        && endsAt.equals(other.endsAt)
        && increase.equals(other.increase);
  }

  /// As the API names and writes them, for histories.
  public Map<String, Object> shown() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("limitAmount", limit.toString());
    fields.put("thresholds", thresholds.stream().map(BudgetTerms::shown).toList());
    fields.put("channels", texts(channels));
    fields.put("hardLimit", hardLimit);
    fields.put("onFailure", Labels.of(onFailure));
    fields.put("status", Labels.of(status));
    endsAt.ifPresent(end -> fields.put("endsAt", end.toString()));
    increase.ifPresent(higher -> fields.put("increase", shown(higher)));
    if (!subjectIncreases.isEmpty()) {
      Map<String, Object> bySubject = new LinkedHashMap<>();
      subjectIncreases.forEach((subject, higher) -> bySubject.put(subject, shown(higher)));
      fields.put("subjectIncreases", bySubject);
    }
    return fields;
  }

  static Map<String, Object> shown(Increase higher) {
    return Map.of("limitAmount", higher.limit().toString(), "until", higher.until().toString());
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
