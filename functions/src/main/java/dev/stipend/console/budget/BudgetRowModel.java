package dev.stipend.console.budget;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.console.chart.Bar;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BudgetLine;
import java.util.Optional;

/// A budget in a list, in words.
///
/// @param scope whom it counts, such as `user ana`
/// @param subject of a budget that counts each id apart, the one that is closest to its limit
/// @param subjects how many ids it counts, where it counts each apart
/// @param held empty where nothing is
/// @param forecast where spend is expected to end; empty where nobody knows, or it is not said
/// @param resets when its period ends, in its own zone; empty where it never does, or nothing is
///     recorded in it
public record BudgetRowModel(
    String id,
    String name,
    String scope,
    String period,
    boolean isEach,
    String subject,
    String subjects,
    Bar bar,
    Shown spend,
    Optional<Shown> held,
    Optional<Shown> forecast,
    Shown limit,
    String percent,
    String state,
    String tone,
    boolean hardLimit,
    Optional<Shown> resets) {
  public static BudgetRowModel of(BudgetLine line, String currency, ConsoleText text) {
    return of(line, Optional.empty(), currency, text);
  }

  static BudgetRowModel of(
      BudgetLine line, Optional<Forecast> forecast, String currency, ConsoleText text) {
    Bar bar = Bar.of(line.spend(), line.held(), line.limit(), line.state());
    String scope = text.name("scope", Labels.of(line.scope()));
    return new BudgetRowModel(
        line.id().toString(),
        line.name(),
        switch (line.scope()) {
          case WORKSPACE -> scope;
          default -> line.isEach() ? text.say("budgets.each", scope) : scope + " " + line.scopeId();
        },
        text.name("period", Labels.of(line.kind())),
        line.isEach(),
        line.subject().orElse(""),
        text.counted("budgets.subjects", line.subjects()),
        forecast.map(each -> bar.expecting(each.amount(), line.limit())).orElse(bar),
        text.amount(line.spend(), currency),
        Optional.of(line.held())
            .filter(held -> held.isPositive())
            .map(held -> text.amount(held, currency)),
        forecast.map(each -> text.amount(each.amount(), currency)),
        text.amount(line.limit(), currency),
        text.percent(line.percentUsed()),
        text.say("state." + Labels.of(line.state())),
        Bar.tone(line.state()),
        line.hardLimit(),
        line.resetsAt().map(at -> text.time(at, line.zone())));
  }
}
