package dev.stipend.console.budget;

import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The limit of a budget as it was from time to time.
final class LimitCourse {
  private LimitCourse() {}

  /// The limits in force for a subject, each by when it began; one alone where it was always the
  /// same.
  ///
  /// @param versions of the budget, in whatever order
  static NavigableMap<Instant, Money> of(
      List<BudgetVersion> versions, String subject, Period period) {
    NavigableMap<Instant, BudgetVersion> byTime = new TreeMap<>();
    versions.stream()
        .sorted((one, other) -> Integer.compare(one.version(), other.version()))
        .forEach(version -> byTime.put(version.at(), version));
    NavigableMap<Instant, Money> limits = new TreeMap<>();
    for (Instant at : changes(byTime, subject, period)) {
      Map.Entry<Instant, BudgetVersion> version = byTime.floorEntry(at);
      Map<String, Object> terms =
          (version == null ? byTime.firstEntry() : version).getValue().after();
      Money limit = limit(terms, subject, at);
      if (limits.isEmpty() || !limits.lastEntry().getValue().equals(limit)) {
        limits.put(at, limit);
      }
    }
    return limits;
  }

  /// When it may have changed: with an edit, or because an increase ended by itself.
  private static SortedSet<Instant> changes(
      NavigableMap<Instant, BudgetVersion> byTime, String subject, Period period) {
    SortedSet<Instant> changes = new TreeSet<>();
    byTime.forEach(
        (at, version) -> {
          changes.add(at);
          increases(version.after(), subject).forEach(higher -> changes.add(until(higher)));
        });
    changes.removeIf(at -> !period.contains(at));
    if (!byTime.isEmpty()) {
      changes.add(period.start());
    }
    return changes;
  }

  private static Money limit(Map<String, Object> terms, String subject, Instant at) {
    Money limit = Money.of(String.valueOf(terms.get("limitAmount")));
    return increases(terms, subject)
        .filter(higher -> at.isBefore(until(higher)))
        .map(higher -> Money.of(String.valueOf(higher.get("limitAmount"))))
        .filter(higher -> higher.compareTo(limit) > 0)
        .max(Money::compareTo)
        .orElse(limit);
  }

  private static Stream<Map<?, ?>> increases(Map<String, Object> terms, String subject) {
    Optional<Map<?, ?>> own =
        map(terms.get("subjectIncreases")).flatMap(all -> map(all.get(subject)));
    return Stream.concat(map(terms.get("increase")).stream(), own.stream());
  }

  private static Optional<Map<?, ?>> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
  }

  private static Instant until(Map<?, ?> increase) {
    return Instant.parse(String.valueOf(increase.get("until")));
  }
}
