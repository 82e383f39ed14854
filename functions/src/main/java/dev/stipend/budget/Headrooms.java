package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.sql.Instants;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What the budgets that count a piece of work leave to be spent.
@Singleton
public class Headrooms {
  private static final String EXPIRED =
      "SELECT %s AS expired FROM (VALUES (?, ?, ?, ?, ?)) AS c (workspace_id, budget_id, subject, period_start, at)"
          .formatted(HoldSql.expired("c", "c.at"));

  private final HeadroomMemory memory;
  private final HeadroomRepository headrooms;
  private final JdbcOperations jdbc;

  Headrooms(HeadroomMemory memory, HeadroomRepository headrooms, JdbcOperations jdbc) {
    this.memory = memory;
    this.headrooms = headrooms;
    this.jdbc = jdbc;
  }

  /// What was read last for the same work, without asking the database: whoever relies on it must
  /// check the stamp and the figures in the statement that does.
  public Optional<HeadroomReading> recall(CountedWork work, Instant now) {
    return memory.recall(work, now);
  }

  /// Keeps what is known since for the same work.
  public void remember(CountedWork work, HeadroomReading reading) {
    memory.remember(work, reading);
  }

  /// The headroom of every active budget that counts such work now, all as of one moment. Budgets
  /// without a period now are left out. What is remembered of the budgets is used if it still
  // holds.
  @Connectable
  public HeadroomReading read(CountedWork work, Instant now) {
    return memory
        .recall(work, now)
        .flatMap(known -> headrooms.figures(work, known, now))
        .orElseGet(() -> find(work, now));
  }

  /// As {@link #read}, but from the database alone.
  @Connectable
  public HeadroomReading find(CountedWork work, Instant now) {
    HeadroomReading found = headrooms.find(work, now);
    memory.remember(work, found);
    return found;
  }

  /// When the next of a subject's holds expires.
  @Connectable
  public Optional<Instant> nextExpiry(UUID workspace, Headroom headroom, Instant now) {
    CounterKey key =
        new CounterKey(
            workspace, headroom.budgetId(), headroom.subject(), headroom.period().start());
    return jdbc.prepareStatement(
        """
        SELECT expires_at
        FROM stipend.reservation_budgets
        WHERE (workspace_id = ?) IS TRUE
          AND budget_id = ?
          AND (subject = ? AND period_start = ?) IS TRUE
          AND expires_at > ?
        ORDER BY expires_at
        LIMIT 1
        """,
        statement -> {
          bind(statement, key, now);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(Instants.read(row, "expires_at")) : Optional.empty();
          }
        });
  }

  /// What a counter's expired holds still take of it.
  @Connectable
  Money expired(CounterKey key, Instant now) {
    return jdbc.prepareStatement(
        EXPIRED,
        statement -> {
          bind(statement, key, now);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            BigDecimal expired = row.getBigDecimal("expired");
            return expired == null ? Money.ZERO : new Money(expired);
          }
        });
  }

  private static void bind(PreparedStatement statement, CounterKey key, Instant now)
      throws SQLException {
    statement.setObject(1, key.workspaceId());
    statement.setObject(2, key.budgetId());
    statement.setString(3, key.subject());
    statement.setObject(4, Instants.parameter(key.periodStart()));
    statement.setObject(5, Instants.parameter(now));
  }
}
