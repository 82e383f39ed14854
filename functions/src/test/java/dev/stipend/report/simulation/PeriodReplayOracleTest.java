package dev.stipend.report.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Budget;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.budget.period.CountedEvent;
import dev.stipend.money.Money;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// A replay against a model that knows only whole cents and looks at every prefix anew.
final class PeriodReplayOracleTest {
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  /// @param subject a number; events of one subject come together
  record Step(int subject, int cents, boolean usage) {}

  @Property(seed = "20261121", tries = 2_000)
  void outcomeIsThatOfTheModel(
      @ForAll("limits") int limit,
      @ForAll boolean hard,
      @ForAll("percents") Set<Integer> chosen,
      @ForAll("steps") List<Step> steps) {
    Budget budget = budget(limit, hard, chosen);
    Set<Integer> percents = hard ? withLimit(chosen) : chosen;
    List<Step> ordered = steps.stream().sorted(Comparator.comparing(Step::subject)).toList();
    PeriodReplay replay = new PeriodReplay(budget);
    TreeMap<Integer, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      Step step = ordered.get(i);
      replay.add(
          new CountedEvent(subject(step.subject()), at(i), cents(step.cents()), step.usage(), 0));
      places.computeIfAbsent(step.subject(), first -> new ArrayList<>()).add(i);
    }

    PeriodOutcome outcome = replay.outcome();

    List<String> expected = new ArrayList<>();
    places.forEach((subject, mine) -> expected.add(model(ordered, mine, limit, hard, percents)));
    assertThat(outcome.top())
        .extracting(PeriodReplayOracleTest::words)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(outcome.top())
        .isSortedAccordingTo(
            Comparator.comparing(SubjectOutcome::spend)
                .reversed()
                .thenComparing(SubjectOutcome::subject));
    assertThat(outcome.spend()).isEqualTo(cents(ordered.stream().mapToInt(Step::cents).sum()));
    assertThat(outcome.subjects()).isEqualTo(places.size());
    assertThat(outcome.denials().count())
        .isEqualTo(outcome.top().stream().mapToLong(one -> one.denials().count()).sum());
    assertThat(outcome.denials().firstAt())
        .isEqualTo(
            outcome.top().stream()
                .flatMap(one -> one.denials().firstAt().stream())
                .min(Comparator.naturalOrder()));
  }

  /// Work is never refused without an alert.
  private static Set<Integer> withLimit(Set<Integer> percents) {
    Set<Integer> all = new HashSet<>(percents);
    all.add(100);
    return all;
  }

  @Test
  void onlyTheGreatestSubjectsAreToldOneByOne() {
    PeriodReplay replay = new PeriodReplay(budget(1000, false, Set.of(80)));
    for (int i = 10; i < 60; i++) {
      replay.add(new CountedEvent("s" + i, START, cents(i == 30 ? 900 : 10), true, 1));
    }

    PeriodOutcome outcome = replay.outcome();

    assertThat(outcome.subjects()).isEqualTo(50);
    assertThat(outcome.alerting()).isEqualTo(1);
    assertThat(outcome.unpriced()).isEqualTo(50);
    assertThat(outcome.top()).hasSize(PeriodReplay.TOP);
    assertThat(outcome.top().subList(0, 3))
        .extracting(SubjectOutcome::subject)
        .containsExactly("s30", "s10", "s11");
  }

  /// What should have happened to the subject whose events have these places.
  private static String model(
      List<Step> steps, List<Integer> places, int limit, boolean hard, Set<Integer> percents) {
    List<Boolean> admitted = new ArrayList<>();
    int denied = 0;
    int refused = 0;
    for (int i = 0; i < places.size(); i++) {
      Step step = steps.get(places.get(i));
      boolean passes =
          !hard || !step.usage() || sum(steps, places, admitted, i) + step.cents() <= limit;
      admitted.add(passes);
      denied += passes ? 0 : 1;
      refused += passes ? 0 : step.cents();
    }
    StringBuilder alerts = new StringBuilder();
    for (int percent : percents.stream().sorted().toList()) {
      int first = first(steps, places, admitted, limit, percent);
      if (first >= 0) {
        boolean superseded =
            percents.stream()
                .anyMatch(
                    higher ->
                        higher > percent && first(steps, places, admitted, limit, higher) == first);
        alerts.append(
            " %d@%d:%d%s"
                .formatted(
                    percent,
                    places.get(first),
                    sum(steps, places, admitted, first + 1),
                    superseded ? "-" : ""));
      }
    }
    return "%s %d %d %d %d%s"
        .formatted(
            subject(steps.get(places.getFirst()).subject()),
            places.stream().mapToInt(place -> steps.get(place).cents()).sum(),
            sum(steps, places, admitted, places.size()),
            denied,
            refused,
            alerts);
  }

  /// The first event that is admitted and after which the line is reached; -1 if there is none.
  private static int first(
      List<Step> steps, List<Integer> places, List<Boolean> admitted, int limit, int percent) {
    return IntStream.range(0, places.size())
        .filter(admitted::get)
        .filter(i -> met(sum(steps, places, admitted, i + 1), limit, percent))
        .findFirst()
        .orElse(-1);
  }

  private static boolean met(int spend, int limit, int percent) {
    return limit == 0 ? spend > 0 : 100L * spend >= (long) percent * limit;
  }

  private static int sum(
      List<Step> steps, List<Integer> places, List<Boolean> admitted, int until) {
    return IntStream.range(0, until)
        .filter(admitted::get)
        .map(i -> steps.get(places.get(i)).cents())
        .sum();
  }

  private static String words(SubjectOutcome outcome) {
    StringBuilder alerts = new StringBuilder();
    for (SimulatedAlert alert : outcome.alerts()) {
      alerts.append(
          " %s@%d:%d%s"
              .formatted(
                  Threshold.plain(alert.line().percent()),
                  alert.at().getEpochSecond() - START.getEpochSecond(),
                  inCents(alert.spend()),
                  alert.superseded() ? "-" : ""));
    }
    return "%s %d %d %d %d%s"
        .formatted(
            outcome.subject(),
            inCents(outcome.spend()),
            inCents(outcome.admitted()),
            outcome.denials().count(),
            inCents(outcome.denials().amount()),
            alerts);
  }

  private static Budget budget(int limit, boolean hard, Set<Integer> percents) {
    return new NewBudget(
            "Proposed",
            Scope.AGENT,
            Scope.EACH,
            cents(limit),
            new CalendarCadence(PeriodKind.MONTHLY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1, 1),
            percents.stream().map(BigDecimal::valueOf).map(Threshold::actual).toList(),
            hard,
            OnFailure.CLOSED,
            List.of(),
            "test",
            Optional.empty())
        .proposed(new UUID(0, 1));
  }

  private static String subject(int number) {
    return "s" + number;
  }

  private static Instant at(int place) {
    return START.plusSeconds(place);
  }

  private static Money cents(int cents) {
    return new Money(BigDecimal.valueOf(cents, 2));
  }

  private static int inCents(Money money) {
    return money.amount().movePointRight(2).intValueExact();
  }

  @Provide
  Arbitrary<Integer> limits() {
    return Arbitraries.of(0, 1, 50, 100, 100, 100, 1000);
  }

  @Provide
  Arbitrary<Set<Integer>> percents() {
    return Arbitraries.of(1, 25, 50, 80, 90, 100, 120).set().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> costs =
        Arbitraries.oneOf(Arbitraries.integers().between(0, 60), Arbitraries.of(0, 1, 50, 100));
    Arbitrary<Step> requests =
        Combinators.combine(Arbitraries.integers().between(0, 3), costs)
            .as((subject, cost) -> new Step(subject, cost, true));
    Arbitrary<Step> adjustments =
        Combinators.combine(
                Arbitraries.integers().between(0, 3), Arbitraries.integers().between(-60, 30))
            .as((subject, cost) -> new Step(subject, cost, false));
    return Arbitraries.oneOf(List.of(requests, requests, adjustments)).list().ofMaxSize(30);
  }
}
