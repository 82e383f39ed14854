package dev.stipend.platform.sql;

import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Keeps statements apart that share a connection but no transaction.
///
/// A transaction switches the autocommit of its connection off, and Micronaut switches it on again
/// only when the connection's user ends. Until then every further statement would be part of one
/// open transaction: held back, and lost if a later one fails.
@Singleton
public class Autocommit {
  private final ConnectionOperations<Connection> connections;
  private final TransactionOperations<Connection> transactions;

  Autocommit(
      ConnectionOperations<Connection> connections,
      TransactionOperations<Connection> transactions) {
    this.connections = connections;
    this.transactions = transactions;
  }

  /// Has the next statement commit by itself, unless a transaction runs. Costs nothing if it would
  /// anyway.
  public void restore() {
    Optional<Connection> connection =
        connections.findConnectionStatus().map(ConnectionStatus::getConnection);
    if (connection.isEmpty() || transactions.findTransactionStatus().isPresent()) {
      return;
    }
    try {
      connection.get().setAutoCommit(true);
    } catch (SQLException failure) {
      throw new DataAccessException("The connection cannot commit by itself", failure);
    }
  }
}
