package dev.stipend.enforcement.headroom;

import dev.stipend.budget.BudgetRow;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.UnverifiableBudget;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A row of an answer about budgets: one that counts the work, with its counter of now if it has
/// one.
final class HeadroomRow {
  private HeadroomRow() {}

  /// Reads the rows of an answer.
  static HeadroomReading all(PreparedStatement statement, Instant now) throws SQLException {
    List<Headroom> found = new ArrayList<>();
    List<UnverifiableBudget> unverifiable = new ArrayList<>();
    UUID stamp = null;
    Instant until = Period.FOREVER;
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        stamp = row.getObject("budgets_stamp", UUID.class);
        if (row.getObject("id") == null) {
          break;
        }
        Optional<String> doubt = doubt(row);
        if (doubt.isPresent()) {
          if (row.getBoolean("hard_limit")) {
            unverifiable.add(unverifiable(row, doubt.get()));
          }
          continue;
        }
        Optional<Period> period = period(row, now);
        if (period.isPresent()) {
          found.add(headroom(row, period.get()));
        }
        until = earliest(until, nextChange(row, period, now));
      }
    }
    return new HeadroomReading(
        Objects.requireNonNull(stamp, "no such workspace"), now, until, found, unverifiable);
  }

  /// Why nobody knows what a budget leaves.
  private static Optional<String> doubt(ResultSet row) throws SQLException {
    Optional<String> uncounted = Optional.ofNullable(row.getString("uncounted"));
    try {
      BudgetRow.cadence(row);
      Labels.parse(BudgetStatus.class, row.getString("status"));
      return uncounted;
    } catch (DateTimeException | IllegalArgumentException unreadable) {
      return Optional.of(String.valueOf(unreadable.getMessage()));
    }
  }

  private static UnverifiableBudget unverifiable(ResultSet row, String reason) throws SQLException {
    return new UnverifiableBudget(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("name"),
        reason,
        row.getString("on_failure").equals(Labels.of(OnFailure.OPEN)));
  }

  /// When a budget's period or increase ends, or its first period begins.
  private static Instant nextChange(ResultSet row, Optional<Period> period, Instant now)
      throws SQLException {
    Instant next =
        period
            .map(Period::end)
            .orElse(
                BudgetRow.cadence(row) instanceof TotalCadence total
                        && total.period().start().isAfter(now)
                    ? total.period().start()
                    : Period.FOREVER);
    return earliest(
        next,
        earliest(
            nextEnd(row, "increased_until", now), nextEnd(row, "subject_increased_until", now)));
  }

  private static Instant nextEnd(ResultSet row, String increase, Instant now) throws SQLException {
    return Instants.readOptional(row, increase)
        .filter(end -> end.isAfter(now))
        .orElse(Period.FOREVER);
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /// A counter's bounds are those it opened with; without one, they are what the cadence says.
  private static Optional<Period> period(ResultSet row, Instant now) throws SQLException {
    Optional<Instant> start = Instants.readOptional(row, "period_start");
    if (start.isPresent()) {
      return Optional.of(new Period(start.get(), Instants.read(row, "period_end")));
    }
    return BudgetRow.cadence(row).periodAt(now);
  }

  private static Headroom headroom(ResultSet row, Period period) throws SQLException {
    Money held = money(row, "held");
    Money expired = money(row, "expired");
    return new Headroom(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("name"),
        row.getString("subject"),
        period,
        money(row, "limit_in_force"),
        money(row, "spend"),
        held.minus(expired),
        expired,
        row.getBoolean("hard_limit"));
  }

  static Money money(ResultSet row, String column) throws SQLException {
    BigDecimal amount = row.getBigDecimal(column);
    return amount == null ? Money.ZERO : new Money(amount);
  }
}
