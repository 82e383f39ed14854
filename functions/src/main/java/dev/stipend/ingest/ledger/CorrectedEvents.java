package dev.stipend.ingest.ledger;

import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What adjustments have taken back of the events of the last 35 days. It stands beside the event's
/// id, whose row settles the race of two refunds.
@Singleton
public class CorrectedEvents {
  static final String LOCK =
      """
      SELECT u.*, known.refunded, priced.cost AS difference
      FROM stipend.usage_event_ids known
      CROSS JOIN LATERAL (
        SELECT *
        FROM stipend.usage_logs
        WHERE workspace_id = known.workspace_id
          AND occurred_at = known.occurred_at
          AND event_id = known.event_id
        LIMIT 1) AS u
      LEFT JOIN LATERAL (
        SELECT cost
        FROM stipend.usage_logs
        WHERE workspace_id = known.workspace_id
          AND occurred_at = known.occurred_at
          AND event_id = '%s' || known.event_id
        LIMIT 1) AS priced ON TRUE
      WHERE known.workspace_id = ?
        AND known.event_id = ANY (?)
      ORDER BY known.event_id COLLATE "C"
      FOR NO KEY UPDATE OF known
      """
          .formatted(LateAdjustments.PRICE_IDS);

  private final JdbcOperations jdbc;
  private final LedgerRow rows;

  CorrectedEvents(JdbcOperations jdbc, LedgerRow rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /// Locks the events among these whose ids are remembered, in the order of ids, until the caller's
  /// transaction ends: nobody else takes anything back of them meanwhile.
  public Map<String, CorrectedEvent> lock(UUID workspace, Collection<String> eventIds) {
    return jdbc.prepareStatement(
        LOCK,
        statement -> {
          Statements.bind(statement, workspace, Statements.array("text", eventIds));
          Map<String, CorrectedEvent> events = new HashMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              CorrectedEvent corrected = read(row);
              events.put(corrected.event().eventId(), corrected);
            }
          }
          return events;
        });
  }

  /// Notes what was taken back, by the event's id. The caller has locked the events.
  public void refund(UUID workspace, Map<String, Money> amounts) {
    List<Map.Entry<String, Money>> refunds = List.copyOf(amounts.entrySet());
    jdbc.prepareStatement(
        """
        UPDATE stipend.usage_event_ids known
        SET refunded = known.refunded + refund.amount
        FROM unnest(?, ?) AS refund (event_id, amount)
        WHERE known.workspace_id = ?
          AND known.event_id = refund.event_id
        """,
        statement -> {
          new ArrayBinder<>(statement, 1, refunds)
              .texts(Map.Entry::getKey)
              .decimals(refund -> refund.getValue().amount());
          statement.setObject(3, workspace);
          return statement.executeUpdate();
        });
  }

  private CorrectedEvent read(ResultSet row) throws SQLException {
    Optional<Money> cost = Optional.ofNullable(row.getBigDecimal("cost")).map(Money::new);
    Optional<Money> difference =
        Optional.ofNullable(row.getBigDecimal("difference")).map(Money::new);
    return new CorrectedEvent(
        rows.event(row),
        difference.map(late -> cost.orElse(Money.ZERO).plus(late)).or(() -> cost),
        row.getInt("unpriced") == 0 || difference.isPresent(),
        new Money(row.getBigDecimal("refunded")));
  }
}
