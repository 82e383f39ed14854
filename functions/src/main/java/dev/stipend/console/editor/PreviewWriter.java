package dev.stipend.console.editor;

import dev.stipend.budget.Budget;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.report.simulation.PeriodOutcome;
import dev.stipend.report.simulation.SimulatedPeriod;
import dev.stipend.report.simulation.Simulation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts what a budget would have done into words.
///
/// @param currency of the workspace
record PreviewWriter(ConsoleText text, String currency, Instant now) {
  private static final Shown NONE = new Shown("–", "–");

  Preview write(
      Budget budget,
      List<SimulatedPeriod> periods,
      List<String> warnings,
      Optional<List<Difference>> changes) {
    return new Preview(
        sentence(budget, periods),
        warnings,
        notes(budget),
        periods.stream().map(period -> past(budget, period)).toList(),
        changes);
  }

  private String sentence(Budget budget, List<SimulatedPeriod> periods) {
    List<PeriodOutcome> known = periods.stream().flatMap(each -> each.outcome().stream()).toList();
    if (known.isEmpty()) {
      return text.say("preview.nothing");
    }
    String alerts =
        text.counted("preview.alerts", known.stream().mapToLong(PeriodOutcome::alerts).sum());
    long refused = known.stream().mapToLong(outcome -> outcome.denials().count()).sum();
    String said =
        budget.hardLimit()
            ? text.say("preview.both", alerts, text.counted("preview.refusals", refused))
            : alerts;
    return text.say("preview.sentence", text.counted("preview.periods", known.size()), said);
  }

  private List<String> notes(Budget budget) {
    List<String> notes = new ArrayList<>();
    if (budget.thresholds().stream().anyMatch(line -> line.kind() != ThresholdKind.ACTUAL)) {
      notes.add(text.say("preview.actual-only"));
    }
    notes.add(text.say("preview.bounded", text.count(Simulation.MOST_EVENTS)));
    return notes;
  }

  private Preview.Past past(Budget budget, SimulatedPeriod period) {
    ZoneId zone = budget.cadence().zone();
    Optional<PeriodOutcome> outcome = period.outcome();
    return new Preview.Past(
        text.time(period.period().start(), zone),
        !period.period().hasEnded(now),
        period.unknown().orElse(""),
        outcome.map(each -> text.amount(each.spend(), currency)).orElse(NONE),
        text.amount(budget.limit(), currency),
        outcome
            .filter(each -> !budget.isEach())
            .map(each -> text.percent(each.spend().percentOf(budget.limit())))
            .orElse("–"),
        outcome.map(each -> text.count(each.alerts())).orElse("–"),
        outcome
            .filter(each -> budget.hardLimit())
            .map(each -> text.count(each.denials().count()))
            .orElse("–"));
  }
}
