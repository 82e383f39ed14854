package dev.stipend.platform.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds the parameters of statements.
public final class Statements {
  private Statements() {}

  /// An array to bind.
  ///
  /// @param type of its elements in the database
  public record Array(String type, List<?> elements) {
    public Array {
      elements = List.copyOf(elements);
    }
  }

  /// An array to bind.
  ///
  /// @param type of its elements in the database
  public static Array array(String type, Collection<?> elements) {
    return new Array(type, List.copyOf(elements));
  }

  /// Binds all parameters from the first on, in their order: instants as {@link Instants#parameter}
  /// does, arrays as {@link #array} makes them, and whatever else the driver takes.
  public static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
  }

  private static void bind(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case Instant instant -> statement.setObject(place, Instants.parameter(instant));
      case Array(String type, List<?> elements) ->
          statement.setArray(
              place, statement.getConnection().createArrayOf(type, elements.toArray()));
      case null, default -> statement.setObject(place, value);
    }
  }
}
