package dev.stipend.support.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Tells whether anything in the database was changed, by a digest of every row of every table. One
/// statement on one connection, so that it can be asked after each request.
public final class TableDigests implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement statement;

  /// @param condition which rows count, such as `true`
  public TableDigests(Database database, String condition) {
    List<String> tables =
        database.rows(
            """
            SELECT c.relname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
            WHERE c.relnamespace = CAST('stipend' AS regnamespace)
              AND c.relkind IN ('r', 'p')
              AND NOT c.relispartition
            ORDER BY c.relname
            """);
    String sql =
        tables.stream()
            .map(
                table ->
                    """
                    SELECT '%s' AS name, count(*) AS n, sum(hashtextextended(CAST(t AS text), 0)) AS digest
                    FROM stipend.%s t
                    WHERE %s
                    """
                        .formatted(table, table, condition))
            .collect(Collectors.joining("UNION ALL\n"));
    connection = database.connect();
    try {
      statement = connection.prepareStatement(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// One line for each table.
  public String read() {
    try (ResultSet rows = statement.executeQuery()) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
      }
      return String.join("\n", lines);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
