package dev.stipend.platform.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the catalog: every value as its text.
public final class Query {
  private Query() {}

  /// A row of an answer.
  public record Row(List<Optional<String>> values) {
    /// A value as text; empty where it is null.
    ///
    /// @param column from 0
    public String text(int column) {
      return values.get(column).orElse("");
    }

    public Optional<String> optional(int column) {
      return values.get(column);
    }

    public boolean isTrue(int column) {
      return text(column).equals("t");
    }

    public long number(int column) {
      return Long.parseLong(text(column));
    }
  }

  public static List<Row> rows(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Statements.bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<Row> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<Optional<String>> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(Optional.ofNullable(rows.getString(i)));
          }
          all.add(new Row(row));
        }
        return all;
      }
    }
  }

  /// The first row, which there must be.
  public static Row row(Connection connection, String sql, Object... parameters)
      throws SQLException {
    return rows(connection, sql, parameters).getFirst();
  }

  public static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Statements.bind(statement, parameters);
      return statement.executeUpdate();
    }
  }

  /// One statement or several, as they are.
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The driver must not take the braces of a function's body for its own escapes.
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
