package dev.stipend.concurrency;

import dev.stipend.support.Database;
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

  private final List<String> over = new CopyOnWriteArrayList<>();
  private final List<String> negative = new CopyOnWriteArrayList<>();
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
