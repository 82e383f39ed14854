package dev.stipend.migration.database;

import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Lets one migrator at a time work on a history: an advisory lock of the session, so that it ends
/// with it. Whoever waits asks again and again instead of standing in line: an open statement would
/// make CREATE INDEX CONCURRENTLY wait for it for ever.
public final class MigrationLock {
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int BITS = 32;
  private static final String PRISMA = "72707369";

  /// Who has the lock.
  ///
  /// @param idleSeconds for how long it has not asked for anything; 0 while it works
  public record Holder(int pid, String application, String since, long idleSeconds) {
    public String described() {
      return "process %d (%s, since %s)".formatted(pid, application, since);
    }
  }

  private final Session session;
  private final MigrationSet set;

  public MigrationLock(Session session, MigrationSet set) {
    this.session = session;
    this.set = set;
  }

  /// Takes the lock, or waits for it.
  ///
  /// @throws StoppedException if somebody else keeps it for longer than that
  public void take(Duration wait) throws SQLException {
    long end = System.nanoTime() + wait.toNanos();
    while (!tryIt()) {
      if (System.nanoTime() >= end) {
        throw new StoppedException(
            new MigrationProblem(
                MigrationProblem.Kind.LOCKED,
                "Another migrator is running: %s."
                    .formatted(holder().map(Holder::described).orElse("it has just finished")),
                "Wait for it, or see who it is with unlock; --lock-wait makes this one wait"
                    + " longer."));
      }
      Pause.of(STEP);
    }
  }

  public void release() throws SQLException {
    Query.row(session.connection(), "SELECT pg_advisory_unlock(%s)".formatted(key()));
  }

  public Optional<Holder> holder() throws SQLException {
    return Query.rows(
            session.connection(),
            """
            SELECT a.pid, coalesce(nullif(a.application_name, ''), 'unnamed'),
              to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
              CASE WHEN a.state LIKE 'idle%' THEN CAST(extract(epoch FROM clock_timestamp() - a.state_change) AS bigint)
                ELSE 0 END
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory'
              AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (CAST(l.classid AS bigint) << 32) + CAST(l.objid AS bigint) = KEY
              AND l.pid <> pg_backend_pid()
            """
                .replace("KEY", key()))
        .stream()
        .findFirst()
        .map(row -> new Holder((int) row.number(0), row.text(1), row.text(2), row.number(3)));
  }

  /// Ends a session that holds the lock.
  public static boolean end(Connection connection, Holder holder) throws SQLException {
    return Query.row(connection, "SELECT pg_terminate_backend(?)", holder.pid()).isTrue(0);
  }

  /// Takes the lock if nobody has it, and answers whether it did.
  public boolean tryIt() throws SQLException {
    return Query.row(session.connection(), "SELECT pg_try_advisory_lock(%s)".formatted(key()))
        .isTrue(0);
  }

  /// Fixed for a history; positive, as the catalog shows its halves without a sign. Prisma has its
  /// own for a database.
  private String key() {
    if (set.isPrisma()) {
      return PRISMA;
    }
    long high = 0x53545044;
    long low = Integer.toUnsignedLong(set.history().hashCode());
    return String.valueOf((high << BITS) + low);
  }
}
