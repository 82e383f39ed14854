package dev.stipend.budget.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TotalCadence;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Many budgets that count the same events, against adding up event by event and budget by budget.
final class CountedBatchTest {
  private static final Workspace WORKSPACE =
      new Workspace(new UUID(0, 1), "default", "Default", "USD", "UTC", "en");
  private static final Instant FROM = Instant.parse("2026-03-20T00:00:00Z");
  private static final int MINUTES = 20 * 24 * 60;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /// What a counter of a budget is asked about.
  private record Key(UUID budget, String subject, Period period) {}

  @RepeatedTest(20)
  void eachCounterGetsWhatItsOwnEventsAddUpTo(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<PricedEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(event(i, random));
    }
    List<Budget> budgets = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      budgets.add(budget(i, random));
    }

    Map<Key, CountedBatch.Sum> found = new HashMap<>();
    for (PeriodIncrement one : CountedBatch.of(WORKSPACE, events).increments(budgets)) {
      Key key = new Key(one.key().budgetId(), one.key().subject(), one.period());
      CountedBatch.Sum before =
          found.put(key, new CountedBatch.Sum(one.spend(), one.requests(), one.unpriced()));
      assertThat(before).as("the counter is there once").isNull();
      assertThat(one.key().periodStart()).isEqualTo(one.period().start());
    }
    assertThat(found).isEqualTo(oneByOne(events, budgets));
  }

  private static Map<Key, CountedBatch.Sum> oneByOne(
      List<PricedEvent> events, List<Budget> budgets) {
    Map<Key, CountedBatch.Sum> sums = new HashMap<>();
    for (Budget budget : budgets) {
      for (PricedEvent event : events) {
        Instant at = event.event().occurredAt();
        Optional<Period> period = budget.cadence().periodAt(at);
        String subject = subject(budget, event);
        if (!subject.isEmpty() && period.isPresent() && !at.isBefore(budget.countsFrom())) {
          sums.merge(
              new Key(budget.id(), subject, period.get()),
              CountedBatch.Sum.of(event),
              CountedBatch.Sum::plus);
        }
      }
    }
    return sums;
  }

  /// The id that an event counts for in a budget; empty if it does not count there.
  private static String subject(Budget budget, PricedEvent event) {
    String id =
        switch (budget.scope()) {
          case USER -> event.event().attribution().userId();
          case TAG -> "env=" + event.event().tags().get("env");
          default -> WORKSPACE.slug();
        };
    return budget.isEach() || budget.scopeId().equals(id) ? id : "";
  }

  private static PricedEvent event(int number, Random random) {
    boolean unpriced = random.nextInt(5) == 0;
    Money cost = new Money(BigDecimal.valueOf(random.nextInt(1_000_000), 6));
    return new PricedEvent(
        new UsageEvent(
            "e" + number,
            FROM.plusSeconds(60L * random.nextInt(MINUTES)),
            random.nextInt(10) == 0 ? EventKind.ADJUSTMENT : EventKind.USAGE,
            Optional.empty(),
            new Attribution("u" + random.nextInt(3), "a", "", "", "openai", "gpt-4o"),
            TokenUsage.NONE,
            Optional.of(cost),
            Map.of("env", "e" + random.nextInt(2))),
        unpriced ? Optional.empty() : Optional.of(cost),
        unpriced ? 1 : 0,
        List.of());
  }

  private static Budget budget(int number, Random random) {
    List<Scope> scopes = List.of(Scope.WORKSPACE, Scope.USER, Scope.TAG);
    Scope scope = scopes.get(random.nextInt(scopes.size()));
    boolean each = random.nextBoolean();
    String scopeId =
        switch (scope) {
          case USER -> each ? Scope.EACH : "u" + random.nextInt(4);
          case TAG -> "env=" + (each ? Scope.EACH : "e" + random.nextInt(3));
          default -> WORKSPACE.slug();
        };
    Instant countsFrom =
        random.nextBoolean()
            ? FROM.minusSeconds(1)
            : FROM.plusSeconds(60L * random.nextInt(MINUTES));
    return new Budget(
        WORKSPACE.id(),
        new UUID(1, number),
        "Budget " + number,
        scope,
        scopeId,
        Money.ZERO,
        Optional.empty(),
        cadence(random),
        List.of(),
        false,
        OnFailure.CLOSED,
        BudgetStatus.ACTIVE,
        1,
        countsFrom,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Cadence cadence(Random random) {
    List<PeriodKind> kinds = List.of(PeriodKind.HOURLY, PeriodKind.DAILY, PeriodKind.MONTHLY);
    return random.nextInt(4) == 0
        ? new TotalCadence(
            ZoneOffset.UTC,
            new Period(
                FROM.plusSeconds(86_400), FROM.plusSeconds(86_400L * (2 + random.nextInt(9)))))
        : new CalendarCadence(
            kinds.get(random.nextInt(kinds.size())), BERLIN, DayOfWeek.MONDAY, 1, 1);
  }
}
