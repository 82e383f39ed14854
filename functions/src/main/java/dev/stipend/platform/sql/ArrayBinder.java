package dev.stipend.platform.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Binds a list of rows to the parameters of a statement, one array a column, in the order of the
/// calls.
///
/// @param <T> a row
public final class ArrayBinder<T> {
  private final PreparedStatement statement;
  private final List<T> rows;
  private int next;

  /// @param firstParameter the number of the parameter that the first column binds
  public ArrayBinder(PreparedStatement statement, int firstParameter, List<T> rows) {
    this.statement = statement;
    this.next = firstParameter;
    this.rows = rows;
  }

  public ArrayBinder<T> texts(Function<? super T, @Nullable String> column) throws SQLException {
    return bind("text", new @Nullable String[rows.size()], column);
  }

  public ArrayBinder<T> uuids(Function<? super T, UUID> column) throws SQLException {
    return bind("uuid", new UUID[rows.size()], column);
  }

  public ArrayBinder<T> decimals(Function<? super T, @Nullable BigDecimal> column)
      throws SQLException {
    return bind("numeric", new @Nullable BigDecimal[rows.size()], column);
  }

  public ArrayBinder<T> bools(Predicate<? super T> column) throws SQLException {
    return bind("bool", new Boolean[rows.size()], column::test);
  }

  public ArrayBinder<T> bytes(Function<? super T, byte[]> column) throws SQLException {
    return bind("bytea", new byte[rows.size()][], column);
  }

  public ArrayBinder<T> longs(ToLongFunction<? super T> column) throws SQLException {
    return bind("int8", new Long[rows.size()], column::applyAsLong);
  }

  public ArrayBinder<T> longsOrNull(Function<? super T, @Nullable Long> column)
      throws SQLException {
    return bind("int8", new @Nullable Long[rows.size()], column);
  }

  public ArrayBinder<T> instants(Function<? super T, @Nullable Instant> column)
      throws SQLException {
    return bind(
        "timestamptz",
        new @Nullable OffsetDateTime[rows.size()],
        row -> Instants.parameter(column.apply(row)));
  }

  /// Instants as microseconds since 1970, for hot statements: neither side writes and parses dates.
  /// {@link Instants#FROM_MICROS} makes them `timestamptz` again.
  public ArrayBinder<T> micros(Function<? super T, Instant> column) throws SQLException {
    return longs(row -> ChronoUnit.MICROS.between(Instant.EPOCH, column.apply(row)));
  }

  /// The array has its elements' own type: only then does the driver send texts and whole numbers
  /// in their binary form, which neither side has to escape and parse.
  private <V extends @Nullable Object> ArrayBinder<T> bind(
      String type, V[] values, Function<? super T, ? extends V> column) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
