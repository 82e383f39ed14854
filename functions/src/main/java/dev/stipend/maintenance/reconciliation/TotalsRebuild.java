package dev.stipend.maintenance.reconciliation;

import dev.stipend.ingest.ledger.Differences;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.LedgerRange;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.StatementLimit;
import dev.stipend.time.TimeLeft;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/// Compares what follows from the ledger with it, and makes it again: the rollup, and the list of
/// what waits for a price. Nothing before the horizon is read or changed.
@Singleton
class TotalsRebuild {
  private final JdbcOperations jdbc;
  private final LedgerLock lock;
  private final LedgerHorizon horizon;
  private final StatementLimit limit;

  TotalsRebuild(JdbcOperations jdbc, LedgerLock lock, LedgerHorizon horizon, StatementLimit limit) {
    this.jdbc = jdbc;
    this.lock = lock;
    this.horizon = horizon;
    this.limit = limit;
  }

  /// The quarters of an hour of a slice in which anything differs, oldest first. Nobody waits for
  /// it.
  @Transactional
  List<Instant> differingQuarters(CachedTable table, LedgerRange slice, TimeLeft left) {
    limit.set(left.get());
    if (slice.from().isBefore(horizon.read())) {
      return List.of();
    }
    return jdbc.prepareStatement(
        table.differingQuarters(),
        statement -> {
          slice.bind(statement, slice.bind(statement, 1));
          return Rows.list(statement, rows -> Instants.read(rows, "quarter"));
        });
  }

  /// Makes a slice again, and answers what differed. Recorders of the workspace wait meanwhile, so
  /// it is a short one.
  ///
  /// @throws io.micronaut.data.exceptions.DataAccessException if recorders do not come to an end
  ///     for a while; nothing is changed then
  @Transactional
  Differences repair(CachedTable table, LedgerRange slice) {
    limit.setLockWait();
    lock.standstill(slice.workspace());
    if (slice.from().isBefore(horizon.read())) {
      return Differences.none(table.table());
    }
    Differences before =
        jdbc.prepareStatement(
            table.differences(),
            statement -> {
              slice.bind(statement, slice.bind(statement, 1));
              return Differences.read(table.table(), statement);
            });
    if (before.count() > 0) {
      update(table.delete(), slice);
      update(table.insert(), slice);
    }
    return before;
  }

  private void update(String sql, LedgerRange slice) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          slice.bind(statement, 1);
          return statement.executeUpdate();
        });
  }
}
