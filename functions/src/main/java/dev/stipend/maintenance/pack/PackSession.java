package dev.stipend.maintenance.pack;

import dev.stipend.migration.StoppedException;
import dev.stipend.migration.database.Connector;
import dev.stipend.migration.database.MigrationLock;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.history.DeployedPack;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import dev.stipend.time.TimeLeft;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The session that a maintenance works on, in the schema of a pack.
final class PackSession implements AutoCloseable {
  private static final Duration LEAST_STATEMENT = Duration.ofSeconds(1);
  private static final Duration USUAL_LOCK_WAIT = Duration.ofSeconds(5);

  private final Session session;
  private final String name;
  private final Optional<String> wanted;
  private final TimeLeft left;
  private DeployedPack pack;

  private PackSession(Session session, PackRequest request, TimeLeft left) throws SQLException {
    this.session = session;
    this.name = request.pack();
    this.wanted = request.schema();
    this.left = left;
    this.pack = DeployedPack.read(session.connection(), name, wanted);
  }

  /// Connects as migrations do.
  ///
  /// @param role whom tables belong to, if it is not the one who connects
  /// @throws StoppedException if there is no connection to be had, or no such pack
  static PackSession open(
      Connector connector, PackRequest request, Optional<String> role, TimeLeft left)
      throws SQLException {
    TimeBudget budget = TimeBudget.of(left::get);
    Session session =
        Session.of(
            connector.connect(budget), budget, request.verb().label() + " " + request.pack(), role);
    try {
      return new PackSession(session, request, left);
    } catch (SQLException | RuntimeException failure) {
      session.close();
      throw failure;
    }
  }

  /// Takes the lock of the pack's migrations, if nobody has it. Answers who has it, if somebody
  /// has.
  Optional<String> lock() throws SQLException {
    MigrationLock lock = new MigrationLock(session, pack.set());
    if (!lock.tryIt()) {
      return Optional.of(
          lock.holder()
              .map(MigrationLock.Holder::described)
              .orElse("somebody who has just finished"));
    }
    // Somebody may have migrated until now.
    pack = DeployedPack.read(session.connection(), name, wanted);
    return Optional.empty();
  }

  /// Why nothing may be done here: the pack was never deployed to the schema.
  Optional<String> refusal() {
    return pack.applied().isEmpty()
        ? Optional.of(
            "Pack %1$s was never deployed to schema %2$s of this database. Deploy it first: migrate deploy --pack %1$s --schema %2$s; or name the schema that it is in."
                .formatted(name, schema()))
        : Optional.empty();
  }

  /// Whether all migrations of the pack have run, so that all its tables must be there.
  boolean isComplete() {
    return pack.isComplete();
  }

  /// The pack's tables.
  Set<String> tables() {
    return pack.tables();
  }

  Connection connection() {
    return session.connection();
  }

  String pack() {
    return name;
  }

  String schema() {
    return pack.set().schema();
  }

  /// A name in the pack's schema, quoted.
  String quoted(String name) {
    return Identifiers.quoted(schema()) + "." + Identifiers.quoted(name);
  }

  /// Has the server's statistics count what this session did; else that would look like changes
  /// after what follows.
  void flushStatistics() throws SQLException {
    if (Query.row(
            connection(), "SELECT to_regproc('pg_catalog.pg_stat_force_next_flush') IS NOT NULL")
        .isTrue(0)) {
      Query.row(connection(), "SELECT CAST(pg_stat_force_next_flush() AS text)");
    }
  }

  boolean isBroken() {
    return session.isBroken();
  }

  /// Work that is done wholly or not at all.
  @FunctionalInterface
  interface Transaction<T> {
    /// Answers what was done; empty if it shall be undone.
    Optional<T> run() throws SQLException;
  }

  /// Does something in one transaction.
  <T> Optional<T> inTransaction(Transaction<T> transaction) throws SQLException {
    Connection connection = connection();
    connection.setAutoCommit(false);
    try {
      Optional<T> done = transaction.run();
      if (done.isPresent()) {
        connection.commit();
      } else {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      return done;
    } catch (SQLException | RuntimeException failure) {
      if (!isBroken()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      throw failure;
    }
  }

  /// Gives the next statements the time that is left, and locks a short time to come.
  void limitStatements() throws SQLException {
    limitStatements(USUAL_LOCK_WAIT);
  }

  /// Gives the next statements the time that is left.
  ///
  /// @param lockWait how long they wait for others at most
  void limitStatements(Duration lockWait) throws SQLException {
    Duration time = left.get();
    Query.execute(
        connection(),
        "SET statement_timeout = %d; SET lock_timeout = %d"
            .formatted(Math.max(LEAST_STATEMENT.toMillis(), time.toMillis()), lockWait.toMillis()));
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
