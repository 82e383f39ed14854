package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.console.chart.Bar;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.money.Money;
import dev.stipend.report.board.BudgetState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// Somebody whom a budget counts, in words.
///
/// @param name of whoever has the id; empty where nobody has given one
/// @param parameter the subject as a query has it
public record SubjectModel(
    String subject,
    String name,
    String parameter,
    Bar bar,
    Shown spend,
    Shown limit,
    String percent,
    String requests) {
  static SubjectModel of(
      Budget budget,
      BudgetPeriod period,
      Map<String, String> people,
      String currency,
      ConsoleText text,
      Instant now) {
    Money limit = period.limitOf(budget, now);
    boolean isOver = period.spend().isPositive() && period.spend().compareTo(limit) >= 0;
    return new SubjectModel(
        period.key().subject(),
        people.getOrDefault(period.key().subject(), ""),
        URLEncoder.encode(period.key().subject(), StandardCharsets.UTF_8),
        Bar.of(period.spend(), period.held(), limit, isOver ? BudgetState.OVER : BudgetState.OK),
        text.amount(period.spend(), currency),
        text.amount(limit, currency),
        text.percent(period.spend().percentOf(limit)),
        text.count(period.requests()));
  }
}
