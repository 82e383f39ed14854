package dev.stipend.spend;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;

/// Compares what follows from the ledger with it, and makes it again: the rollup, and the list of
/// what waits for a price. Nothing before the horizon is read or changed.
@Singleton
public class TotalsRebuild {
  private final JdbcOperations jdbc;
  private final LedgerLock lock;
  private final LedgerHorizon horizon;

  TotalsRebuild(JdbcOperations jdbc, LedgerLock lock, LedgerHorizon horizon) {
    this.jdbc = jdbc;
    this.lock = lock;
    this.horizon = horizon;
  }

  /// How many rows of the rollup and of the waiting events were different.
  public record Rebuilt(Differences tracking, Differences unpriced) {
    static final Rebuilt NOTHING =
        new Rebuilt(
            Differences.none(CachedTable.COST_TRACKING.table()),
            Differences.none(CachedTable.UNPRICED_EVENTS.table()));

    Rebuilt plus(Rebuilt other) {
      return new Rebuilt(tracking.plus(other.tracking), unpriced.plus(other.unpriced));
    }
  }

  /// Makes all rows of a workspace again.
  @Transactional
  public Rebuilt rebuild(UUID workspace) {
    lock.standstill(workspace);
    Slice all = Slice.since(workspace, horizon.read());
    return new Rebuilt(
        make(CachedTable.COST_TRACKING, all), make(CachedTable.UNPRICED_EVENTS, all));
  }

  /// What differs in a slice. Nobody waits for it.
  @Transactional
  Differences compare(CachedTable table, Slice slice) {
    if (slice.from().isBefore(horizon.read())) {
      return Differences.none(table.table());
    }
    return jdbc.prepareStatement(
        table.differences(),
        statement -> {
          slice.bind(statement, slice.bind(statement, 1));
          return Differences.read(table.table(), statement);
        });
  }

  /// Makes a slice again, while recorders of the workspace wait, and answers what differed.
  @Transactional
  Differences repair(CachedTable table, Slice slice) {
    lock.standstill(slice.workspace());
    return slice.from().isBefore(horizon.read())
        ? Differences.none(table.table())
        : make(table, slice);
  }

  private Differences make(CachedTable table, Slice slice) {
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

  private void update(String sql, Slice slice) {
    jdbc.prepareStatement(
        sql,
        statement -> {
          slice.bind(statement, 1);
          return statement.executeUpdate();
        });
  }
}
