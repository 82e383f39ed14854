package dev.stipend.platform.sql;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs one statement in the caller's transaction. Values are bound in their order, as {@link
/// Statements#bind} does.
public final class Sql {
  private Sql() {}

  /// Changes rows, and answers how many.
  public static int update(JdbcOperations jdbc, String sql, @Nullable Object... values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return statement.executeUpdate();
        });
  }

  /// All rows, in their order.
  public static <T> List<T> list(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return Rows.list(statement, mapper);
        });
  }

  /// All different rows, in their order.
  public static <T> Set<T> set(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return Rows.set(statement, mapper);
        });
  }

  /// The first row, if there is one.
  public static <T> Optional<T> first(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return Rows.first(statement, mapper);
        });
  }

  /// Whether there is any row.
  public static boolean any(JdbcOperations jdbc, String sql, @Nullable Object... values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return Rows.any(statement);
        });
  }
}
