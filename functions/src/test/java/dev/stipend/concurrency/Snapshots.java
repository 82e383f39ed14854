package dev.stipend.concurrency;

import dev.stipend.support.database.Database;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks at committed states of the database, one after another, while others work.
final class Snapshots implements AutoCloseable {
  private static final String OVER_LIMIT =
      """
      SELECT b.name, c.subject, c.spend, c.held, c.limit_amount
      FROM stipend.budget_periods c
      JOIN stipend.budgets b ON b.id = c.budget_id
      WHERE b.hard_limit
        AND c.spend + c.held > b.limit_amount
      """;

  private static final String NEGATIVE =
      "SELECT budget_id, subject, held FROM stipend.budget_periods WHERE held < 0";

  /// Holds go with the reservation's end, and are what the counter says.
  private static final String TORN =
      """
      SELECT 'ended and yet holding', h.reservation_id, h.budget_id, h.amount
      FROM stipend.reservation_budgets h
      LEFT JOIN stipend.reservations r ON (r.workspace_id, r.id) = (h.workspace_id, h.reservation_id)
      WHERE r.state IS DISTINCT FROM 'held'
      UNION ALL
      SELECT 'counted otherwise', NULL, budget_id, coalesce(c.held, 0) - coalesce(h.amount, 0)
      FROM stipend.budget_periods c
      FULL JOIN (
        SELECT budget_id, subject, period_start, sum(amount) AS amount
        FROM stipend.reservation_budgets
        GROUP BY 1, 2, 3) h USING (budget_id, subject, period_start)
      WHERE coalesce(c.held, 0) <> coalesce(h.amount, 0)
      """;

  private final List<String> over = new CopyOnWriteArrayList<>();
  private final List<String> negative = new CopyOnWriteArrayList<>();
  private final List<String> torn = new CopyOnWriteArrayList<>();
  private final AtomicBoolean done = new AtomicBoolean();
  private final Thread looker;

  Snapshots(Database database) {
    looker =
        Thread.ofPlatform()
            .start(
                () -> {
                  do {
                    over.addAll(database.rows(OVER_LIMIT));
                    negative.addAll(database.rows(NEGATIVE));
                    torn.addAll(database.rows(TORN));
                  } while (!done.get());
                });
  }

  /// Budgets that were over their limit in any state seen.
  List<String> overLimit() {
    return over;
  }

  /// Counters that held less than nothing in any state seen.
  List<String> negative() {
    return negative;
  }

  /// Holds that did not belong to what else was there in any state seen.
  List<String> torn() {
    return torn;
  }

  @Override
  public void close() {
    done.set(true);
    try {
      looker.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
