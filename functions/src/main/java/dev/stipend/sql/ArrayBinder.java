package dev.stipend.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
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
    return bind("text", column);
  }

  public ArrayBinder<T> uuids(Function<? super T, UUID> column) throws SQLException {
    return bind("uuid", column);
  }

  public ArrayBinder<T> decimals(Function<? super T, @Nullable BigDecimal> column)
      throws SQLException {
    return bind("numeric", column);
  }

  public ArrayBinder<T> longs(ToLongFunction<? super T> column) throws SQLException {
    return bind("int8", column::applyAsLong);
  }

  public ArrayBinder<T> instants(Function<? super T, @Nullable Instant> column)
      throws SQLException {
    return bind("timestamptz", row -> Instants.parameter(column.apply(row)));
  }

  private ArrayBinder<T> bind(String type, Function<? super T, ? extends @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
