package dev.stipend.report.simulation;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.RecordedEvents;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replays the ledger against a budget that is not there.
@Singleton
public class Simulation {
  /// Events that one simulation reads, so that it answers while its caller still waits.
  public static final long MOST_EVENTS = 3_000_000;

  private final RecordedEvents events;
  private final LedgerHorizon horizon;

  Simulation(RecordedEvents events, LedgerHorizon horizon) {
    this.events = events;
    this.horizon = horizon;
  }

  /// What the budget would have done in the current period and those before it, newest first.
  ///
  /// @param most how many periods
  @Transactional
  public List<SimulatedPeriod> run(Budget budget, int most, Instant now) {
    return run(budget, most, now, MOST_EVENTS);
  }

  List<SimulatedPeriod> run(Budget budget, int most, Instant now, long mostEvents) {
    Instant known = horizon.read();
    long left = mostEvents;
    List<SimulatedPeriod> simulated = new ArrayList<>();
    for (Period period : periods(budget.cadence(), most, now)) {
      if (period.start().isBefore(known)) {
        simulated.add(
            SimulatedPeriod.unknown(
                period, "it begins before " + known + ", where the ledger begins"));
      } else {
        PeriodReplay replay = new PeriodReplay(budget);
        left -= events.read(budget, period, left + 1, replay::add);
        simulated.add(
            left < 0
                ? SimulatedPeriod.unknown(
                    period,
                    "with it, the simulation would read more than %d events".formatted(mostEvents))
                : SimulatedPeriod.known(period, replay.outcome()));
        left = left < 0 ? -1 : left;
      }
    }
    return simulated;
  }

  private static List<Period> periods(Cadence cadence, int most, Instant now) {
    if (cadence instanceof TotalCadence total) {
      return total.period().start().isAfter(now) ? List.of() : List.of(total.period());
    }
    List<Period> periods = new ArrayList<>();
    Optional<Period> next = cadence.periodAt(now);
    while (next.isPresent() && periods.size() < most) {
      periods.add(next.get());
      next = cadence.before(next.get());
    }
    return periods;
  }
}
