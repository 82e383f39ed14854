package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TotalCadence;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a budget stands in the database.
public final class BudgetRow {
  /// Selects budgets with their thresholds, ready for a WHERE. A threshold is a line of its
  /// columns; as JSON, it takes the server twice as long.
  static final String SELECT =
      """
      SELECT b.*, (
          SELECT string_agg(
            t.kind || '|' || t.percent || '|' || t.severity
              || '|' || coalesce(CAST(t.remind_every_hours AS text), '')
              || '|' || coalesce(array_to_string(t.channels, ','), ''),
            chr(10) ORDER BY t.percent)
          FROM stipend.budget_thresholds t
          WHERE t.workspace_id = b.workspace_id
            AND t.budget_id = b.id) AS thresholds, (
          SELECT jsonb_object_agg(
            i.subject, jsonb_build_array(i.limit_amount, extract(epoch FROM i.until_time)))
          FROM stipend.budget_increases i
          WHERE i.workspace_id = b.workspace_id
            AND i.budget_id = b.id) AS subject_increases
      FROM stipend.budgets b
      """;

  /// The limit of a budget `b` at an instant, which is the one parameter.
  static final String LIMIT_IN_FORCE =
      "CASE WHEN b.increased_until > ? THEN greatest(b.increased_limit, b.limit_amount) ELSE"
          + " b.limit_amount END";

  /// The same for a subject, whose own increase, if any, is row `i` of `budget_increases`.
  public static final String SUBJECT_LIMIT_IN_FORCE =
      "greatest(" + LIMIT_IN_FORCE + ", CASE WHEN i.until_time > ? THEN i.limit_amount END)";

  private BudgetRow() {}

  /// Reads a row, whatever it holds.
  static StoredBudget read(ResultSet row) throws SQLException {
    try {
      return budget(row);
    } catch (DateTimeException | IllegalArgumentException unknown) {
      return new UnreadableBudget(
          row.getObject("workspace_id", UUID.class),
          row.getObject("id", UUID.class),
          row.getString("name"),
          row.getString("scope"),
          row.getString("scope_id"),
          new Money(row.getBigDecimal("limit_amount")),
          row.getString("period"),
          row.getString("time_zone"),
          row.getBoolean("hard_limit"),
          row.getString("on_failure"),
          row.getString("status"),
          row.getInt("version"),
          Instants.read(row, "created_at"),
          String.valueOf(unknown.getMessage()));
    }
  }

  private static Budget budget(ResultSet row) throws SQLException {
    return new Budget(
        row.getObject("workspace_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getString("name"),
        Labels.parse(Scope.class, row.getString("scope")),
        row.getString("scope_id"),
        new Money(row.getBigDecimal("limit_amount")),
        increase(row),
        cadence(row),
        thresholds(row.getString("thresholds")),
        row.getBoolean("hard_limit"),
        Labels.parse(OnFailure.class, row.getString("on_failure")),
        Labels.parse(BudgetStatus.class, row.getString("status")),
        row.getInt("version"),
        Instants.read(row, "counts_from"),
        Instants.read(row, "created_at"),
        Instants.read(row, "updated_at"),
        subjectIncreases(row.getString("subject_increases")),
        Optional.ofNullable(row.getString("owner")));
  }

  /// Few budgets have any, and then of few subjects.
  private static Map<String, Increase> subjectIncreases(@Nullable String json) {
    Map<String, Increase> increases = new HashMap<>();
    if (json != null && ExactJson.parse(json) instanceof Map<?, ?> bySubject) {
      bySubject.forEach(
          (subject, value) -> increases.put(String.valueOf(subject), increase(value)));
    }
    return increases;
  }

  private static Increase increase(Object value) {
    if (value instanceof List<?> parts
        && parts.getFirst() instanceof BigDecimal limit
        && parts.getLast() instanceof BigDecimal seconds) {
      return new Increase(
          new Money(limit),
          Instant.EPOCH.plus(seconds.movePointRight(6).longValueExact(), ChronoUnit.MICROS));
    }
    throw new IllegalStateException("no increase: " + value);
  }

  private static Optional<Increase> increase(ResultSet row) throws SQLException {
    BigDecimal limit = row.getBigDecimal("increased_limit");
    return limit == null
        ? Optional.empty()
        : Optional.of(new Increase(new Money(limit), Instants.read(row, "increased_until")));
  }

  /// The cadence of a row that has the budget's columns.
  ///
  /// @throws DateTimeException if the JDK does not know its time zone
  /// @throws IllegalArgumentException if this release does not know its period
  public static Cadence cadence(ResultSet row) throws SQLException {
    PeriodKind kind = Labels.parse(PeriodKind.class, row.getString("period"));
    ZoneId zone = ZoneId.of(row.getString("time_zone"));
    if (kind == PeriodKind.TOTAL) {
      return new TotalCadence(
          zone,
          new Period(
              Instants.read(row, "starts_at"),
              Instants.readOptional(row, "ends_at").orElse(Period.FOREVER)));
    }
    return new CalendarCadence(
        kind,
        zone,
        DayOfWeek.of(row.getInt("week_start")),
        row.getInt("anchor_day"),
        row.getInt("anchor_month"));
  }

  private static List<Threshold> thresholds(@Nullable String lines) {
    return lines == null ? List.of() : lines.lines().map(BudgetRow::threshold).toList();
  }

  private static Threshold threshold(String line) {
    String[] columns = line.split("\\|", -1);
    return new Threshold(
        Labels.parse(ThresholdKind.class, columns[0]),
        new BigDecimal(columns[1]),
        Labels.parse(Severity.class, columns[2]),
        columns[4].isEmpty()
            ? List.of()
            : Stream.of(columns[4].split(",", -1)).map(UUID::fromString).toList(),
        columns[3].isEmpty()
            ? Optional.empty()
            : Optional.of(Duration.ofHours(Long.parseLong(columns[3]))));
  }
}
