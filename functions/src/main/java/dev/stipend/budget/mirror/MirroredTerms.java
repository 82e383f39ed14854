package dev.stipend.budget.mirror;

import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.money.AmountOutOfRangeException;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.json.PrintableText;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The budget that a row of an application means, or why it means none.
public sealed interface MirroredTerms {
  /// Longer names are cut, as an application may allow any.
  int LONGEST_NAME = 200;

  /// As low as a threshold goes: 0 % means with the first spend.
  BigDecimal LOWEST = new BigDecimal("0.001");

  /// A budget of Stipend.
  ///
  /// @param budget with its owner
  /// @param isActive whether it is in force
  record Fit(NewBudget budget, boolean isActive) implements MirroredTerms {}

  /// No budget.
  ///
  /// @param reason a sentence
  record Unfit(String reason) implements MirroredTerms {}

  /// What a row means.
  ///
  /// @param owner who alone edits the budget
  static MirroredTerms of(HostBudget row, Workspace workspace, String owner) {
    Optional<ZoneId> zone =
        Optional.of(row.zone()).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of);
    Optional<PeriodKind> kind =
        Optional.ofNullable(Labels.choices(PeriodKind.class).get(row.period()));
    if (row.only().isPresent()) {
      return new Unfit(
          "It limits only what the user spends with %s; Stipend has no such scope."
              .formatted(row.only().get()));
    }
    if (row.user().isEmpty() || row.limit().isEmpty()) {
      return new Unfit("It has no user or no limit.");
    }
    if (zone.isEmpty()) {
      return new Unfit("%s is no IANA time zone.".formatted(row.zone()));
    }
    if (kind.filter(other -> other != PeriodKind.TOTAL).isEmpty()) {
      return new Unfit("%s is no period of Stipend.".formatted(row.period()));
    }
    if (row.currency().filter(other -> !other.equals(workspace.currency())).isPresent()) {
      return new Unfit(
          "Its currency is %s, and that of the workspace is %s."
              .formatted(row.currency().get(), workspace.currency()));
    }
    try {
      Money limit = Money.of(row.limit().get());
      return limit.isNegative()
          ? new Unfit("Its limit is negative.")
          : new Fit(
              budget(row, limit, cadence(row, kind.get(), zone.get()), owner), row.isActive());
    } catch (AmountOutOfRangeException tooLarge) {
      return new Unfit("Its limit " + tooLarge.getMessage() + ".");
    } catch (IllegalArgumentException odd) {
      return new Unfit("One of its thresholds " + odd.getMessage() + ".");
    }
  }

  private static NewBudget budget(HostBudget row, Money limit, Cadence cadence, String owner) {
    return new NewBudget(
        PrintableText.of(row.name(), LONGEST_NAME),
        Scope.USER,
        row.user(),
        limit,
        cadence,
        thresholds(row),
        row.hardLimit(),
        OnFailure.CLOSED,
        List.of(),
        owner,
        Optional.of(owner));
  }

  private static List<Threshold> thresholds(HostBudget row) {
    if (!row.alerts()) {
      return List.of();
    }
    Map<BigDecimal, Threshold> lines = new TreeMap<>();
    row.warnAt().ifPresent(percent -> line(lines, percent, Severity.WARNING));
    row.criticalAt().ifPresent(percent -> line(lines, percent, Severity.CRITICAL));
    return List.copyOf(lines.values());
  }

  private static void line(
      Map<BigDecimal, Threshold> lines, BigDecimal percent, Severity severity) {
    BigDecimal at = percent.max(LOWEST);
    lines.put(at, new Threshold(ThresholdKind.ACTUAL, at, severity, List.of(), Optional.empty()));
  }

  private static Cadence cadence(HostBudget row, PeriodKind kind, ZoneId zone) {
    Optional<LocalDate> anchor = row.anchor().map(at -> at.atZone(zone).toLocalDate());
    return new CalendarCadence(
        kind,
        zone,
        anchor
            .filter(day -> kind == PeriodKind.WEEKLY)
            .map(LocalDate::getDayOfWeek)
            .orElse(DayOfWeek.MONDAY),
        anchor
            .filter(day -> kind == PeriodKind.MONTHLY || kind == PeriodKind.YEARLY)
            .map(LocalDate::getDayOfMonth)
            .orElse(1),
        anchor.filter(day -> kind == PeriodKind.YEARLY).map(LocalDate::getMonthValue).orElse(1));
  }
}
