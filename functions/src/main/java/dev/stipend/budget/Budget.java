package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.time.Cadence;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A limit on the spend of a scope, per period.
///
/// @param workspaceId the tenant
/// @param id its identity within the tenant
/// @param name its name for people
/// @param scope what it limits
/// @param scopeId which one; {@link Scope#EACH} for each
/// @param limit the most that should be spent in a period, but for an increase
/// @param increase a higher limit for a time; it may have ended, and nobody noted so yet
/// @param cadence its periods
/// @param thresholds what raises alerts, lowest percent first; a hard limit always has one at 100 %
/// @param hardLimit whether work that would break the limit is refused
/// @param onFailure what a hard limit does when it cannot be verified
/// @param status whether it watches
/// @param version counts its edits, from 1
/// @param countsFrom events before this instant are not counted
/// @param createdAt when it was created
/// @param updatedAt when it became this version
/// @param subjectIncreases higher limits for a time of single subjects, of a budget that counts
///     each id apart; some may have ended, and nobody noted so yet
/// @param owner who alone edits it, such as `source:app`; empty where anybody may
public record Budget(
    UUID workspaceId,
    UUID id,
    String name,
    Scope scope,
    String scopeId,
    Money limit,
    Optional<Increase> increase,
    Cadence cadence,
    List<Threshold> thresholds,
    boolean hardLimit,
    OnFailure onFailure,
    BudgetStatus status,
    int version,
    Instant countsFrom,
    Instant createdAt,
    Instant updatedAt,
    Map<String, Increase> subjectIncreases,
    Optional<String> owner)
    implements StoredBudget {
  public Budget {
    thresholds = hardLimit ? withLimit(thresholds) : List.copyOf(thresholds);
    subjectIncreases = Map.copyOf(subjectIncreases);
  }

  /// A hard limit has a threshold at 100 %, whatever was asked for: work is never refused without
  /// an alert.
  private static List<Threshold> withLimit(List<Threshold> asked) {
    boolean hasLimit =
        asked.stream()
            .anyMatch(
                line ->
                    line.kind() == ThresholdKind.ACTUAL
                        && line.percent().compareTo(Threshold.LIMIT) == 0);
    return hasLimit
        ? List.copyOf(asked)
        : Stream.concat(asked.stream(), Stream.of(Threshold.actual(Threshold.LIMIT)))
            .sorted(Comparator.comparing(Threshold::percent))
            .toList();
  }

  /// A budget that treats all of its subjects alike, and belongs to nobody.
  public Budget(
      UUID workspaceId,
      UUID id,
      String name,
      Scope scope,
      String scopeId,
      Money limit,
      Optional<Increase> increase,
      Cadence cadence,
      List<Threshold> thresholds,
      boolean hardLimit,
      OnFailure onFailure,
      BudgetStatus status,
      int version,
      Instant countsFrom,
      Instant createdAt,
      Instant updatedAt) {
    this(
        workspaceId,
        id,
        name,
        scope,
        scopeId,
        limit,
        increase,
        cadence,
        thresholds,
        hardLimit,
        onFailure,
        status,
        version,
        countsFrom,
        createdAt,
        updatedAt,
        Map.of(),
        Optional.empty());
  }

  /// The limit in force at an instant for subjects that have no increase of their own. An increase
  /// ends by itself: after its end the limit is the one without it.
  public Money limitAt(Instant instant) {
    return raised(limit, increase, instant);
  }

  /// The limit in force for a subject at an instant.
  public Money limitAt(String subject, Instant instant) {
    return raised(limitAt(instant), Optional.ofNullable(subjectIncreases.get(subject)), instant);
  }

  private static Money raised(Money limit, Optional<Increase> increase, Instant instant) {
    return increase
        .filter(higher -> instant.isBefore(higher.until()))
        .map(Increase::limit)
        .filter(higher -> higher.compareTo(limit) > 0)
        .orElse(limit);
  }

  /// The limit in force for a subject just before an instant, at which a period ends.
  public Money limitBefore(String subject, Instant end) {
    return limitAt(subject, end.minusNanos(1));
  }

  /// Whether a threshold of it may be met though no spend crossed it.
  public boolean looksAhead() {
    return thresholds.stream().anyMatch(line -> line.kind() != ThresholdKind.ACTUAL);
  }

  /// Whether a threshold of it is met when nothing is recorded.
  public boolean watchesSilence() {
    return thresholds.stream().anyMatch(line -> line.kind() == ThresholdKind.STALE);
  }

  /// Whether every id of the scope has a counter of its own. A label's key holds no `=`, so its
  /// value starts after the first one.
  public boolean isEach() {
    String id = scope == Scope.TAG ? scopeId.substring(scopeId.indexOf('=') + 1) : scopeId;
    return id.equals(Scope.EACH);
  }
}
