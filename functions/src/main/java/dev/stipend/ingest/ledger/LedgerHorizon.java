package dev.stipend.ingest.ledger;

import dev.stipend.platform.sql.Instants;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;

/// The instant from which on the ledger holds every row: the end of the last month that was
/// archived and dropped; and the same of the rollup, which is kept for longer.
///
/// What totals say of the time before it cannot be made again, so it is final but for events that
/// come later still.
@Singleton
public class LedgerHorizon {
  private final JdbcOperations jdbc;

  LedgerHorizon(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The horizon of the ledger; the epoch where nothing has been dropped. It stays where it is
  /// until the caller's transaction ends: a month is dropped under a lock that this one excludes.
  @Transactional
  public Instant read() {
    Instant ledger = both().ledger();
    return ledger.isBefore(Instant.EPOCH) ? Instant.EPOCH : ledger;
  }

  /// The horizons of the ledger and of the rollup, which stay likewise.
  @Transactional
  public Horizons both() {
    return jdbc.execute(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE ONLY stipend.usage_logs IN ACCESS SHARE MODE");
            try (ResultSet row =
                statement.executeQuery(
                    """
                    SELECT
                      max(month + interval '1 month') AT TIME ZONE 'UTC' AS ledger,
                      max(month + interval '1 month') FILTER (WHERE totals_dropped_at IS NOT NULL)
                        AT TIME ZONE 'UTC' AS totals
                    FROM stipend.usage_archives
                    WHERE dropped_at IS NOT NULL
                    """)) {
              row.next();
              return new Horizons(
                  Instants.readOptional(row, "ledger").orElse(Period.BEGINNING),
                  Instants.readOptional(row, "totals").orElse(Period.BEGINNING));
            }
          }
        });
  }
}
