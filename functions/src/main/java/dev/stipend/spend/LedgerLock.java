package dev.stipend.spend;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Keeps recording apart from what must see the ledger and its totals standing still: creating a
/// budget, rebuilding totals.
///
/// Both are advisory locks of one workspace, held until the transaction ends, so they work through
/// a pooler that shares sessions between transactions. Recorders do not wait for each other.
@Singleton
public class LedgerLock {
  private final JdbcOperations jdbc;

  LedgerLock(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Taken first by every transaction that records.
  void recording(UUID workspace) {
    lock("SELECT pg_advisory_xact_lock_shared(hashtextextended(?, 0))", workspace);
  }

  /// Waits until nobody records, and keeps recorders waiting.
  public void standstill(UUID workspace) {
    lock("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", workspace);
  }

  private void lock(String sql, UUID workspace) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          statement.setString(1, "stipend.ledger:" + workspace);
          return statement.execute();
        });
  }
}
