package dev.stipend.platform.database;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// Tells whether a database has the schema that this build needs.
public final class SchemaGuard {
  private static final Set<String> NO_SCHEMA = Set.of("3F000", "42P01");

  private SchemaGuard() {}

  /// The version of the newest migration that the database has; empty if it has none.
  public static Optional<String> version(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT max(version COLLATE "C")
                FROM stipend.flyway_schema_history
                WHERE success
                """);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    } catch (SQLException failure) {
      if (NO_SCHEMA.contains(failure.getSQLState())) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /// Whether the database has this version of Stipend's own migrations.
  public static boolean has(Connection connection, String version) throws SQLException {
    return Query.row(connection, "SELECT to_regclass('stipend.flyway_schema_history')")
            .optional(0)
            .isPresent()
        && !Query.rows(
                connection,
                "SELECT 1 FROM stipend.flyway_schema_history WHERE success AND version = ?",
                version)
            .isEmpty();
  }

  /// Refuses a database whose schema is older than this build; a newer one is fine, because a
  /// deployment migrates before it replaces the code.
  ///
  /// @throws SchemaOutdatedException if the schema is missing or older
  public static void require(Connection connection) throws SQLException {
    Optional<String> version = version(connection);
    if (!isNewEnough(version)) {
      throw new SchemaOutdatedException(version);
    }
  }

  /// Whether this build can work with a schema of this version.
  public static boolean isNewEnough(Optional<String> version) {
    return version.filter(there -> there.compareTo(SchemaVersion.REQUIRED) >= 0).isPresent();
  }
}
