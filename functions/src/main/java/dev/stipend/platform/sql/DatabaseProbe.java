package dev.stipend.platform.sql;

import java.sql.Connection;
import java.sql.SQLException;

/// Port: a look at the database that waits for nobody.
public interface DatabaseProbe {
  /// Makes a connection of its own, beside those that requests wait for. It gives up within two
  /// seconds, and each of its statements within one. The caller closes it.
  Connection connect() throws SQLException;
}
