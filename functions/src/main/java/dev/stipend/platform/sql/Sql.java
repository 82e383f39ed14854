package dev.stipend.platform.sql;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.data.jdbc.runtime.PreparedStatementCallback;
import java.sql.PreparedStatement;
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
    return run(jdbc, sql, PreparedStatement::executeUpdate, values);
  }

  /// All rows, in their order.
  public static <T> List<T> list(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return run(jdbc, sql, statement -> Rows.list(statement, mapper), values);
  }

  /// All different rows, in their order.
  public static <T> Set<T> set(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return run(jdbc, sql, statement -> Rows.set(statement, mapper), values);
  }

  /// The first row, if there is one.
  public static <T> Optional<T> first(
      JdbcOperations jdbc, String sql, Rows.Mapper<T> mapper, @Nullable Object... values) {
    return run(jdbc, sql, statement -> Rows.first(statement, mapper), values);
  }

  /// Whether there is any row.
  public static boolean any(JdbcOperations jdbc, String sql, @Nullable Object... values) {
    return run(jdbc, sql, Rows::any, values);
  }

  private static <T> T run(
      JdbcOperations jdbc,
      String sql,
      PreparedStatementCallback<T> use,
      @Nullable Object[] values) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          Statements.bind(statement, values);
          return use.call(statement);
        });
  }
}
