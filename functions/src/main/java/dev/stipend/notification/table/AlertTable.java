package dev.stipend.notification.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A table of a known system that has a place for alerts. Its SQL names columns without a schema:
/// the session looks in that of the channel.
interface AlertTable {
  /// Its name.
  String name();

  /// The column that is the alert's id.
  String key();

  /// What a role needs to write it.
  List<Grant> grants();

  /// A privilege on columns of a table.
  ///
  /// @param privilege `SELECT`, `INSERT` or `UPDATE`
  record Grant(String privilege, String table, List<String> columns) {}

  /// Adds the row of an alert, unless it is there, and locks it until the transaction ends.
  ///
  /// @return why the table has no place for it; empty if it is there
  Optional<String> addAndLock(Connection host, RaisedAlert alert) throws SQLException;

  /// Says in the row how its alert stands. What the host has set stays where Stipend knows nothing.
  void update(Connection host, UUID alert, Standing standing) throws SQLException;
}
