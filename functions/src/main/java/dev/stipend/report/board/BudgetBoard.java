package dev.stipend.report.board;

import dev.stipend.budget.BudgetRow;
import dev.stipend.budget.Scope;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Lists the budgets of a workspace as they stand.
@Singleton
public class BudgetBoard {
  private static final String STANDING =
      """
      WITH alerted AS (
          SELECT budget_id, count(*) AS alerts, bool_or(type = 'STALE_DATA') AS is_stale
          FROM stipend.alert_logs
          WHERE workspace_id = ?
            AND resolved_at IS NULL
            AND period_end > ?
          GROUP BY budget_id),
        running AS (
          SELECT c.budget_id, c.subject, c.period_start, c.period_end, c.spend, c.held, c.data_as_of,
            %s AS limit_in_force
          FROM stipend.budget_periods c
          JOIN stipend.budgets b ON b.workspace_id = c.workspace_id AND b.id = c.budget_id
          LEFT JOIN stipend.budget_increases i
            ON i.workspace_id = c.workspace_id AND i.budget_id = c.budget_id AND i.subject = c.subject
          WHERE c.workspace_id = ?
            AND c.closed_at IS NULL
            AND c.period_end > ?
            AND c.period_start <= ?),
        closest AS (
          SELECT DISTINCT ON (budget_id) running.*,
            CASE
              WHEN limit_in_force > 0 THEN (spend + held) / limit_in_force
              WHEN spend + held > 0 THEN 1
              ELSE 0
            END AS share,
            count(*) OVER (PARTITION BY budget_id) AS subjects,
            max(data_as_of) OVER (PARTITION BY budget_id) AS changed_at
          FROM running
          ORDER BY budget_id, share DESC, subject),
        measured AS (
          SELECT b.id, b.name, b.scope, b.scope_id, b.period, b.time_zone, b.hard_limit, b.status,
            b.starts_at > at.now OR b.ends_at <= at.now AS is_idle,
            coalesce(c.limit_in_force,
              CASE WHEN b.increased_until > at.now THEN greatest(b.increased_limit, b.limit_amount)
                ELSE b.limit_amount END) AS limit_in_force,
            coalesce(c.spend, 0) AS spend, coalesce(c.held, 0) AS held, coalesce(c.share, 0) AS share,
            coalesce(c.subjects, 0) AS subjects, c.subject, c.period_start, c.period_end, c.changed_at,
            coalesce(a.alerts, 0) AS alerts, coalesce(a.is_stale, FALSE) AS is_stale
          FROM stipend.budgets b
          CROSS JOIN (SELECT CAST(? AS timestamptz) AS now) at
          LEFT JOIN closest c ON c.budget_id = b.id
          LEFT JOIN alerted a ON a.budget_id = b.id
          WHERE b.workspace_id = ?
            AND b.status <> 'archived'),
        standing AS (
          SELECT measured.*,
            CASE
              WHEN is_idle THEN 'idle'
              WHEN status = 'paused' THEN 'paused'
              WHEN hard_limit AND spend + held >= limit_in_force THEN 'refusing'
              WHEN spend > 0 AND spend >= limit_in_force THEN 'over'
              WHEN is_stale THEN 'stale'
              WHEN alerts > 0 THEN 'at_risk'
              ELSE 'ok'
            END AS state
          FROM measured),
        ranked AS MATERIALIZED (
          SELECT standing.*,
            array_position(
              ARRAY['refusing', 'over', 'stale', 'at_risk', 'ok', 'paused', 'idle'], state) AS rank
          FROM standing)
      """
          .formatted(BudgetRow.SUBJECT_LIMIT_IN_FORCE);

  private final JdbcOperations jdbc;

  BudgetBoard(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A part of a list.
  ///
  /// @param total how many there are in all
  public record Page(List<BudgetLine> lines, long total) {}

  /// All budgets at a glance.
  ///
  /// @param states how many are in each state
  /// @param worst some of those that need attention, worst first
  /// @param dataAsOf when a counter last changed; empty where there is none
  public record Summary(
      Map<BudgetState, Long> states, List<BudgetLine> worst, Optional<Instant> dataAsOf) {}

  /// A page of the budgets that are asked for.
  @Transactional
  public Page page(UUID workspace, BoardQuery query, Instant now) {
    return jdbc.prepareStatement(
        STANDING
            + """
            SELECT ranked.*, count(*) OVER () AS total
            FROM ranked
            WHERE scope = coalesce(?, scope)
              AND state = coalesce(?, state)
              AND strpos(lower(name), lower(?)) > 0
            ORDER BY %s
            OFFSET ?
            LIMIT ?
            """
                .formatted(query.order().sql(query.descending())),
        statement -> {
          int next = bindStanding(statement, workspace, now);
          statement.setString(next++, query.scope().map(Labels::of).orElse(null));
          statement.setString(next++, query.state().map(Labels::of).orElse(null));
          statement.setString(next++, query.nameContains().orElse(""));
          statement.setInt(next++, query.after());
          statement.setInt(next, query.most());
          try (ResultSet row = statement.executeQuery()) {
            List<BudgetLine> lines = new ArrayList<>();
            long total = 0;
            while (row.next()) {
              lines.add(line(row));
              total = row.getLong("total");
            }
            return new Page(lines, total);
          }
        });
  }

  /// All budgets, with the worst of them.
  ///
  /// @param most how many of the worst
  @Transactional
  public Summary summary(UUID workspace, int most, Instant now) {
    return jdbc.prepareStatement(
        STANDING
            + """
            , counted AS (
                SELECT state AS counted_state, count(*) AS of_state, max(changed_at) AS changed_in_state
                FROM ranked
                GROUP BY state),
              worst AS (
                SELECT *
                FROM ranked
                WHERE rank <= 4
                ORDER BY rank, share DESC, lower(name), id
                LIMIT ?)
            SELECT *
            FROM counted
            LEFT JOIN worst ON worst.state = counted.counted_state
            ORDER BY rank, share DESC, lower(name), id
            """,
        statement -> {
          statement.setInt(bindStanding(statement, workspace, now), most);
          try (ResultSet row = statement.executeQuery()) {
            return summary(row);
          }
        });
  }

  private static Summary summary(ResultSet row) throws SQLException {
    Map<BudgetState, Long> states = new EnumMap<>(BudgetState.class);
    List<BudgetLine> worst = new ArrayList<>();
    Optional<Instant> dataAsOf = Optional.empty();
    while (row.next()) {
      states.put(
          Labels.parse(BudgetState.class, row.getString("counted_state")), row.getLong("of_state"));
      if (row.getObject("id") != null) {
        worst.add(line(row));
      }
      dataAsOf =
          Stream.concat(dataAsOf.stream(), Instants.readOptional(row, "changed_in_state").stream())
              .max(Instant::compareTo);
    }
    return new Summary(Collections.unmodifiableMap(states), worst, dataAsOf);
  }

  /// Answers the place of the next parameter.
  private static int bindStanding(PreparedStatement statement, UUID workspace, Instant now)
      throws SQLException {
    Object[] values = {workspace, now, now, now, workspace, now, now, now, workspace};
    Statements.bind(statement, values);
    return values.length + 1;
  }

  private static BudgetLine line(ResultSet row) throws SQLException {
    Optional<Instant> start = Instants.readOptional(row, "period_start");
    String scopeId = row.getString("scope_id");
    boolean isEach = scopeId.equals(Scope.EACH) || scopeId.endsWith("=" + Scope.EACH);
    return new BudgetLine(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Labels.parse(Scope.class, row.getString("scope")),
        scopeId,
        isEach,
        Labels.parse(PeriodKind.class, row.getString("period")),
        zone(row.getString("time_zone")),
        row.getBoolean("hard_limit"),
        Labels.parse(BudgetState.class, row.getString("state")),
        Optional.ofNullable(row.getString("subject")).filter(id -> isEach),
        row.getLong("subjects"),
        new Money(row.getBigDecimal("limit_in_force")),
        new Money(row.getBigDecimal("spend")),
        new Money(row.getBigDecimal("held")),
        start.isPresent()
            ? Optional.of(new Period(start.get(), Instants.read(row, "period_end")))
            : Optional.empty(),
        row.getLong("alerts"));
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }
}
