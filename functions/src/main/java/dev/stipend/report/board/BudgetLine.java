package dev.stipend.report.board;

import dev.stipend.budget.Scope;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/// A budget and how it stands now.
///
/// @param isEach whether it counts each id of its scope apart
/// @param kind of its periods
/// @param zone of its calendar; UTC where this release does not know its zone
/// @param subject of a budget that counts each id apart, the one that is closest to its limit
/// @param subjects how many ids it counts in its running period
/// @param limit the limit in force, for that subject
/// @param period the running one; empty where nothing is recorded in it
/// @param alerts how many alerts of it are open
public record BudgetLine(
    UUID id,
    String name,
    Scope scope,
    String scopeId,
    boolean isEach,
    PeriodKind kind,
    ZoneId zone,
    boolean hardLimit,
    BudgetState state,
    Optional<String> subject,
    long subjects,
    Money limit,
    Money spend,
    Money held,
    Optional<Period> period,
    long alerts) {
  /// Spend in percent of the limit.
  public BigDecimal percentUsed() {
    return spend.percentOf(limit);
  }

  /// When the running period ends; empty where it never does, or nothing is recorded in it.
  public Optional<Instant> resetsAt() {
    return period.map(Period::end).filter(end -> !end.equals(Period.FOREVER));
  }
}
