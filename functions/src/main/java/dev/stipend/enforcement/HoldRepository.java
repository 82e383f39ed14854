package dev.stipend.enforcement;

import dev.stipend.budget.period.HoldSql;
import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.ingest.ledger.FreedHold;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Period;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What reservations hold: their rows, and `held` of the counters.
@Singleton
public class HoldRepository {
  /// The state of a statement that found a hard limit exceeded, or the budgets edited while it
  /// waited, and undid itself.
  public static final String REFUSED = "STP01";

  /// One round trip, and so the shortest time that a hot counter is locked: what can be done before
  /// a counter is touched is done before, the limit is checked last, and the commit is its own.
  ///
  /// It may wait for a counter while somebody edits its budget. Once it has locked all, it asks
  /// again whether the budgets are those of the stamp. An edit that commits later waits for the
  /// counters.
  private static final String PLACE =
      """
      WITH wanted AS (
        SELECT *
        FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS w (budget_id, subject, period_start, period_end, limit_amount, hard_limit, place)),
      reserved AS (
        INSERT INTO stipend.reservations (
          workspace_id, id, amount, state, expires_at, created_at, request, idempotency_key, request_digest)
        SELECT id, ?, ?, 'held', ?, ?, CAST(? AS jsonb), ?, ?
        FROM stipend.workspaces
        WHERE id = ?
          AND budgets_stamp = ?
          AND (SELECT %s) IS NOT NULL
        RETURNING workspace_id, id, amount, expires_at, created_at),
      held AS (
        INSERT INTO stipend.reservation_budgets (
          workspace_id, reservation_id, budget_id, subject, period_start, period_end, amount, expires_at)
        SELECT r.workspace_id, r.id, w.budget_id, w.subject, w.period_start, w.period_end, r.amount, r.expires_at
        FROM reserved r
        CROSS JOIN wanted w
        RETURNING workspace_id, amount),
      moved AS (
        INSERT INTO stipend.budget_periods AS counter (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, held, data_as_of, dirty)
        SELECT r.workspace_id, w.budget_id, w.subject, w.period_start, w.period_end, w.limit_amount, r.amount,
          r.created_at, FALSE
        FROM reserved r
        CROSS JOIN wanted w
        WHERE (SELECT count(*) FROM held) > 0
        ORDER BY w.budget_id, w.subject, w.period_start
        ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
        SET held = counter.held + EXCLUDED.held
        RETURNING workspace_id, budget_id, subject, period_start, spend, held)
      SELECT w.place, m.spend, m.held,
        %s AS expired,
        CASE
          WHEN w.hard_limit AND m.spend + m.held > w.limit_amount
            THEN stipend.refuse('the limit would be exceeded')
          WHEN NOT (
              SELECT stipend.has_stamp(CAST(? AS uuid), CAST(? AS uuid))
              FROM (SELECT count(*) FROM moved) AS locked)
            THEN stipend.refuse('the budgets were edited')
        END AS refused
      FROM reserved r
      LEFT JOIN (moved m JOIN wanted w USING (budget_id, subject)) ON TRUE
      """
          .formatted(Contention.BOUNDED, HoldSql.expired("m", "r.created_at"));

  /// The counters lose what the relation `freed` says, in key order.
  private static final String TAKE_OFF =
      """
      INSERT INTO stipend.budget_periods AS counter (
        workspace_id, budget_id, subject, period_start, period_end, limit_amount, held, data_as_of, dirty)
      SELECT workspace_id, budget_id, subject, period_start, period_end, 0, sum(amount), ?, FALSE
      FROM freed
      GROUP BY workspace_id, budget_id, subject, period_start, period_end
      ORDER BY workspace_id, budget_id, subject, period_start
      ON CONFLICT (workspace_id, budget_id, subject, period_start) DO UPDATE
      SET held = counter.held - EXCLUDED.held
      """;

  private final JdbcOperations jdbc;

  HoldRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes a reservation's amount from all budgets, or from none, and commits it, unless the caller
  /// has a transaction.
  ///
  /// @param stamp of the budgets as they are here
  /// @return the budgets with the headroom that is left; empty if they are not what they were
  /// @throws RuntimeException of state {@link #REFUSED} if a hard limit would be exceeded, or the
  ///     budgets were edited while this waited
  @Connectable
  Optional<List<Headroom>> place(NewReservation wanted, List<Headroom> budgets, UUID stamp) {
    Reservation reservation = wanted.reservation();
    return jdbc.prepareStatement(
        PLACE,
        statement -> {
          statement.setQueryTimeout(Contention.STATEMENT_SECONDS);
          new ArrayBinder<>(statement, 1, budgets)
              .uuids(Headroom::budgetId)
              .texts(Headroom::subject)
              .instants(budget -> budget.period().start())
              .instants(budget -> budget.period().end())
              .decimals(budget -> budget.limit().amount())
              .bools(Headroom::hardLimit);
          statement.setObject(7, reservation.id());
          statement.setBigDecimal(8, reservation.amount().amount());
          statement.setObject(9, Instants.parameter(reservation.expiresAt()));
          statement.setObject(10, Instants.parameter(reservation.createdAt()));
          statement.setString(11, wanted.request());
          statement.setString(12, wanted.key().map(RequestKey::key).orElse(null));
          statement.setBytes(13, wanted.key().map(RequestKey::digestBytes).orElse(null));
          statement.setObject(14, wanted.workspaceId());
          statement.setObject(15, stamp);
          statement.setObject(16, wanted.workspaceId());
          statement.setObject(17, stamp);
          try (ResultSet row = statement.executeQuery()) {
            return left(row, budgets);
          }
        });
  }

  private static Optional<List<Headroom>> left(ResultSet row, List<Headroom> budgets)
      throws SQLException {
    List<Headroom> left = new ArrayList<>();
    boolean placed = false;
    while (row.next()) {
      placed = true;
      int place = row.getInt("place");
      if (place > 0) {
        BigDecimal expired = row.getBigDecimal("expired");
        left.add(
            budgets
                .get(place - 1)
                .after(
                    new Money(row.getBigDecimal("spend")),
                    new Money(row.getBigDecimal("held")),
                    expired == null ? Money.ZERO : new Money(expired)));
      }
    }
    return placed ? Optional.of(left) : Optional.empty();
  }

  /// Deletes what a reservation holds, which the caller has locked and must take off the counters.
  @Transactional
  public List<FreedHold> delete(UUID workspace, UUID reservation) {
    return Sql.list(
        jdbc,
        """
        DELETE FROM stipend.reservation_budgets
        WHERE workspace_id = ?
          AND reservation_id = ?
        RETURNING budget_id, subject, period_start, period_end, amount
        """,
        row ->
            new FreedHold(
                row.getObject("budget_id", UUID.class),
                row.getString("subject"),
                new Period(Instants.read(row, "period_start"), Instants.read(row, "period_end")),
                new Money(row.getBigDecimal("amount"))),
        workspace,
        reservation);
  }

  /// Ends what a reservation holds, which the caller has locked.
  @Transactional
  public void free(UUID workspace, UUID reservation, Instant now) {
    Sql.update(
        jdbc,
        """
        WITH freed AS (
          DELETE FROM stipend.reservation_budgets
          WHERE workspace_id = ?
            AND reservation_id = ?
          RETURNING *)
        """
            + TAKE_OFF,
        workspace,
        reservation,
        now);
  }

  /// Ends the expired holds on these budgets, waiting for transactions that settle or release one
  /// now.
  @Transactional
  public void expire(UUID workspace, List<UUID> budgets, Instant now) {
    lockExpired(workspace, budgets, now);
    Sql.update(
        jdbc,
        """
        WITH freed AS (
          DELETE FROM stipend.reservation_budgets
          WHERE (workspace_id = ?) IS TRUE
            AND budget_id = ANY (?)
            AND expires_at <= ?
          RETURNING *)
        """
            + TAKE_OFF,
        workspace,
        Statements.array("uuid", budgets),
        now,
        now);
  }

  private void lockExpired(UUID workspace, List<UUID> budgets, Instant now) {
    jdbc.prepareStatement(
        """
        SELECT 1
        FROM stipend.reservations
        WHERE workspace_id = ?
          AND id IN (
            SELECT reservation_id
            FROM stipend.reservation_budgets
            WHERE (workspace_id = ?) IS TRUE
              AND budget_id = ANY (?)
              AND expires_at <= ?)
          AND (SELECT %s) IS NOT NULL
        ORDER BY id
        FOR UPDATE
        """
            .formatted(Contention.BOUNDED),
        statement -> {
          Statements.bind(statement, workspace, workspace, Statements.array("uuid", budgets), now);
          return statement.execute();
        });
  }

  /// Ends up to `most` reservations' expired holds, leaving out those that somebody works on.
  /// Answers how many holds it ended.
  @Transactional
  int expireAny(int most, Instant now) {
    return jdbc.prepareStatement(
        """
        WITH expired AS (
          SELECT workspace_id, id
          FROM stipend.reservations
          WHERE (workspace_id, id) IN (
            SELECT workspace_id, reservation_id
            FROM stipend.reservation_budgets
            WHERE expires_at <= ?
            ORDER BY expires_at
            LIMIT ?)
          FOR UPDATE SKIP LOCKED),
        freed AS (
          DELETE FROM stipend.reservation_budgets h
          USING expired e
          WHERE h.workspace_id = e.workspace_id
            AND h.reservation_id = e.id
            AND h.expires_at <= ?
          RETURNING h.*),
        taken_off AS (
        """
            + TAKE_OFF
            + ") SELECT count(*) FROM freed",
        statement -> {
          Statements.bind(statement, now, most, now, now);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}
