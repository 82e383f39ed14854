package dev.stipend.platform.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the rows of an answer.
public final class Rows {
  /// Reads one row.
  @FunctionalInterface
  public interface Mapper<T> {
    /// Reads the row that an answer stands at.
    T read(ResultSet row) throws SQLException;
  }

  private Rows() {}

  /// All rows, in their order.
  public static <T> List<T> list(PreparedStatement statement, Mapper<T> mapper)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(mapper.read(row));
      }
    }
    return rows;
  }

  /// All different rows, in their order.
  public static <T> Set<T> set(PreparedStatement statement, Mapper<T> mapper) throws SQLException {
    return new LinkedHashSet<>(list(statement, mapper));
  }

  /// The first row, if there is one.
  public static <T> Optional<T> first(PreparedStatement statement, Mapper<T> mapper)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(mapper.read(row)) : Optional.empty();
    }
  }

  /// Whether there is any row.
  public static boolean any(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }
}
