package dev.stipend.platform.sql;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.data.connection.ConnectionSynchronization;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a transaction leaves to be done once it has committed: things that others must not see
/// before, or that must not hold its locks. It must be safe to lose: a crash may come before it, so
/// the sweep, or the daily maintenance, does it too.
///
/// For the same reason it cannot fail what is committed: a piece that fails is logged, and the rest
/// is done.
///
/// Pieces run when the outermost transaction has committed and has given its connection back: they
/// may open transactions of their own, though a pool may have one connection only, and no
/// connection waits for a network call. Micronaut's own synchronization of transactions would run
/// them before that. A transaction that is rolled back leaves nothing.
@Singleton
public class AfterCommit {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);

  private final TransactionOperations<Connection> transactions;
  private final ConnectionOperations<Connection> connections;

  /// What is left on connections that are in use. Each connection is one thread's.
  private final Map<Connection, Pieces> left = Collections.synchronizedMap(new IdentityHashMap<>());

  AfterCommit(
      TransactionOperations<Connection> transactions,
      ConnectionOperations<Connection> connections) {
    this.transactions = transactions;
    this.connections = connections;
  }

  /// Has a piece run after the commit of the transaction that runs now, behind those that it has
  /// left before.
  ///
  /// @throws IllegalStateException outside a transaction
  public void run(Runnable piece) {
    TransactionStatus<?> transaction =
        transactions
            .findTransactionStatus()
            .orElseThrow(
                () -> new IllegalStateException("There is no transaction that this could follow"));
    Pieces pieces = left.computeIfAbsent(user().getConnection(), this::pieces);
    if (pieces.uncommitted.isEmpty()) {
      transaction.registerSynchronization(pieces);
    }
    pieces.uncommitted.add(piece);
  }

  /// Does one piece, as after a commit: its failure is logged.
  public static void attempt(Runnable piece) {
    try {
      piece.run();
    } catch (RuntimeException failure) {
      LOG.error(
          "A step after a commit failed. The commit stands; the next sweep does the rest.",
          failure);
    }
  }

  private Pieces pieces(Connection connection) {
    Pieces pieces = new Pieces();
    runOnceReleased(connection, pieces);
    return pieces;
  }

  /// Waits for the end of whoever uses the connection: only the outermost of them closes it.
  private void runOnceReleased(Connection connection, Pieces pieces) {
    ConnectionStatus<Connection> user = user();
    user.registerSynchronization(
        new ConnectionSynchronization() {
          @Override
          public void executionComplete() {
            if (!user.isNew()) {
              runOnceReleased(connection, pieces);
            }
          }

          @Override
          public void afterClosed() {
            left.remove(connection);
            pieces.committed.forEach(AfterCommit::attempt);
          }
        });
  }

  private ConnectionStatus<Connection> user() {
    return connections.findConnectionStatus().orElseThrow();
  }

  /// The pieces of the transactions of one connection, of which one runs at a time.
  private static final class Pieces implements TransactionSynchronization {
    final List<Runnable> uncommitted = new ArrayList<>();
    final List<Runnable> committed = new ArrayList<>();

    @Override
    public void afterCommit() {
      committed.addAll(uncommitted);
    }

    @Override
    public void afterCompletion(Status status) {
      uncommitted.clear();
    }
  }
}
