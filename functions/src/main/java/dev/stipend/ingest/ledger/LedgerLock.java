package dev.stipend.ingest.ledger;

import dev.stipend.platform.sql.Contention;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Keeps recording apart from what must see the ledger and its totals standing still: creating a
/// budget, rebuilding totals.
///
/// Both are advisory locks of one workspace, held until the transaction ends, so they work through
/// a pooler that shares sessions between transactions. Recorders do not wait for each other. Nobody
/// waits long for the lock, nor, from then on in the transaction, for any other.
@Singleton
public class LedgerLock {
  private final JdbcOperations jdbc;

  LedgerLock(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Taken first by every transaction that records.
  public void recording(UUID workspace) {
    lock("pg_advisory_xact_lock_shared", workspace);
  }

  /// Waits until nobody records, and keeps recorders waiting.
  public void standstill(UUID workspace) {
    lock("pg_advisory_xact_lock", workspace);
  }

  private void lock(String function, UUID workspace) {
    jdbc.prepareStatement(
        "SELECT %s, %s(hashtextextended(?, 0))".formatted(Contention.BOUNDED, function),
        statement -> {
          statement.setString(1, "stipend.ledger:" + workspace);
          return statement.execute();
        });
  }
}
