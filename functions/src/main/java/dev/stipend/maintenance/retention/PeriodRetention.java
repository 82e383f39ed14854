package dev.stipend.maintenance.retention;

import dev.stipend.budget.period.CountingGroup;
import dev.stipend.budget.period.CountingGroups;
import dev.stipend.platform.sql.LockAttempts;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TimeLeft;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets the counters of periods leave that ended long ago.
///
/// Budgets cease to count what was before, and only then their counters go: what comes late for
/// such a period is not counted, so no counter holds but a part of it. That happens once a month,
/// for all counters of the month that is over its time.
@Singleton
public class PeriodRetention {
  private static final int HOURLY_MONTHS = 3;
  private static final int MONTHS = 25;

  private static final int BUDGETS_AT_ONCE = 500;
  private static final int COUNTERS_AT_ONCE = 5_000;

  private final String hourlyMonths;
  private final String months;
  private final CountingGroups groups;
  private final OldPeriods old;

  PeriodRetention(
      @Nullable @Value("${hourly.period.retention.months:}") String hourlyMonths,
      @Nullable @Value("${period.retention.months:}") String months,
      CountingGroups groups,
      OldPeriods old) {
    this.hourlyMonths = hourlyMonths == null ? "" : hourlyMonths.strip();
    this.months = months == null ? "" : months.strip();
    this.groups = groups;
    this.old = old;
  }

  /// Answers how many counters left, as many as time allows.
  ///
  /// @throws IllegalStateException if a setting makes no sense
  public int run(Workspace workspace, Instant now, TimeLeft left) {
    int total = 0;
    for (CountingGroup group : groups.readAll(workspace.id()).calendars()) {
      Period oldest = group.cadence().periodAt(firstKept(group, now)).orElseThrow();
      if (group.countsFrom().first().isBefore(oldest.start())) {
        total += run(workspace.id(), group, oldest.start(), left);
      }
    }
    return total;
  }

  private int run(UUID workspace, CountingGroup group, Instant end, TimeLeft left) {
    int total = 0;
    List<UUID> budgets;
    do {
      budgets =
          LockAttempts.repeat(() -> old.countFrom(workspace, group, end, BUDGETS_AT_ONCE))
              .orElseThrow(
                  () -> new IllegalStateException("Recording was too busy to lock its tables"));
      int gone = COUNTERS_AT_ONCE;
      while (gone == COUNTERS_AT_ONCE && !budgets.isEmpty()) {
        gone = old.forget(workspace, budgets, end, COUNTERS_AT_ONCE);
        total += gone;
      }
    } while (budgets.size() == BUDGETS_AT_ONCE && !left.isUsedUp());
    return total;
  }

  private Instant firstKept(CountingGroup group, Instant now) {
    java.time.Period kept =
        group.cadence().kind() == PeriodKind.HOURLY
            ? RetentionMonths.read("HOURLY_PERIOD_RETENTION_MONTHS", hourlyMonths, HOURLY_MONTHS)
            : RetentionMonths.read("PERIOD_RETENTION_MONTHS", months, MONTHS);
    return YearMonth.from(now.atOffset(ZoneOffset.UTC).minus(kept))
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }
}
