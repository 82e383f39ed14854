package dev.stipend.enforcement;

import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of `reservations`.
@Singleton
public class ReservationRepository {
  private final JdbcOperations jdbc;

  ReservationRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// A reservation with what only its end needs.
  ///
  /// @param request what was asked, as JSON
  /// @param settlementDigest of what it was settled with
  public record Row(Reservation reservation, String request, Optional<byte[]> settlementDigest) {}

  /// What a request with a key was answered.
  ///
  /// @param sameRequest whether it asked the same
  public record Remembered(boolean sameRequest, String answer) {}

  @Connectable
  public Optional<Reservation> find(UUID workspace, UUID id) {
    return select(workspace, id, "").map(Row::reservation);
  }

  /// Locks a reservation, and with it what it holds.
  @Transactional
  public Optional<Row> lock(UUID workspace, UUID id) {
    return select(
        workspace, id, "AND (SELECT %s) IS NOT NULL\nFOR UPDATE".formatted(Contention.BOUNDED));
  }

  private Optional<Row> select(UUID workspace, UUID id, String lock) {
    return jdbc.prepareStatement(
        """
        SELECT *
        FROM stipend.reservations
        WHERE workspace_id = ?
          AND id = ?
        """
            + lock,
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// A page of reservations, newest first, of those made before the last one of the page before.
  ///
  /// @param standing only those that stand so now
  @Connectable
  public List<Reservation> page(
      UUID workspace,
      Optional<ReservationStanding> standing,
      UUID idBefore,
      int limit,
      Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT *
        FROM stipend.reservations
        WHERE workspace_id = ?
          AND coalesce(CASE WHEN state = 'held' AND expires_at <= ? THEN 'expired' ELSE state END = ?, TRUE)
          AND id < ?
        ORDER BY id DESC
        LIMIT ?
        """,
        statement -> {
          Statements.bind(
              statement, workspace, now, standing.map(Labels::of).orElse(null), idBefore, limit);
          return read(statement).stream().map(Row::reservation).toList();
        });
  }

  /// A budget that a reservation takes from.
  ///
  /// @param subject whose headroom; empty where the budget counts one alone
  public record HeldBudget(UUID id, String name, String subject) {}

  /// The budgets that reservations take from, by the ids of the reservations.
  @Connectable
  public Map<UUID, List<HeldBudget>> budgets(UUID workspace, Collection<UUID> ids) {
    Map<UUID, List<HeldBudget>> budgets = new HashMap<>();
    if (!ids.isEmpty()) {
      Sql.list(
              jdbc,
              """
              SELECT h.reservation_id, b.id, b.name, CASE WHEN h.subject = b.scope_id THEN '' ELSE h.subject END AS subject
              FROM stipend.reservation_budgets h
              JOIN stipend.budgets b ON b.workspace_id = h.workspace_id AND b.id = h.budget_id
              WHERE h.workspace_id = ?
                AND h.reservation_id = ANY (?)
              ORDER BY lower(b.name), b.id
              """,
              row ->
                  Map.entry(
                      row.getObject("reservation_id", UUID.class),
                      new HeldBudget(
                          row.getObject("id", UUID.class),
                          row.getString("name"),
                          row.getString("subject"))),
              workspace,
              Statements.array("uuid", ids))
          .forEach(
              each ->
                  budgets
                      .computeIfAbsent(each.getKey(), none -> new ArrayList<>())
                      .add(each.getValue()));
    }
    return budgets;
  }

  /// What the key's first request was answered.
  @Connectable
  public Optional<Remembered> remembered(UUID workspace, RequestKey key) {
    return Sql.first(
        jdbc,
        """
        SELECT request_digest, response
        FROM stipend.reservations
        WHERE workspace_id = ?
          AND idempotency_key = ?
        """,
        row ->
            new Remembered(
                MessageDigest.isEqual(key.digestBytes(), row.getBytes("request_digest")),
                row.getString("response")),
        workspace,
        key.key());
  }

  @Transactional
  void remember(UUID workspace, UUID id, String answer) {
    Sql.update(
        jdbc,
        "UPDATE stipend.reservations SET response = ? WHERE workspace_id = ? AND id = ?",
        answer,
        workspace,
        id);
  }

  @Transactional
  public void settle(UUID workspace, UUID id, Settlement settlement, byte[] digest, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.reservations
        SET state = 'settled', settled_event_id = ?, settled_cost = ?, settlement_digest = ?, finished_at = ?
        WHERE workspace_id = ?
          AND id = ?
        """,
        settlement.eventId(),
        settlement.cost().map(Money::amount).orElse(null),
        digest,
        now,
        workspace,
        id);
  }

  @Transactional
  public void release(UUID workspace, UUID id, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.reservations
        SET state = 'released', finished_at = ?
        WHERE workspace_id = ?
          AND id = ?
        """,
        now,
        workspace,
        id);
  }

  /// Moves the end of what a reservation holds.
  @Transactional
  public void extend(UUID workspace, UUID id, Instant until) {
    Sql.update(
        jdbc,
        """
        WITH held AS (
          UPDATE stipend.reservation_budgets
          SET expires_at = ?
          WHERE workspace_id = ?
            AND reservation_id = ?)
        UPDATE stipend.reservations
        SET expires_at = ?
        WHERE workspace_id = ?
          AND id = ?
        """,
        until,
        workspace,
        id,
        until,
        workspace,
        id);
  }

  private static List<Row> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new Row(
                reservation(row),
                row.getString("request"),
                Optional.ofNullable(row.getBytes("settlement_digest"))));
  }

  private static Reservation reservation(ResultSet row) throws SQLException {
    return new Reservation(
        row.getObject("id", UUID.class),
        new Money(row.getBigDecimal("amount")),
        Labels.parse(ReservationState.class, row.getString("state")),
        Instants.read(row, "expires_at"),
        Instants.read(row, "created_at"),
        Instants.readOptional(row, "finished_at"),
        Optional.ofNullable(row.getString("settled_event_id")),
        Optional.ofNullable(row.getBigDecimal("settled_cost")).map(Money::new));
  }
}
