package dev.stipend.ingest.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Rows of a table of totals that differ from what the ledger says: none, unless something is
/// broken.
///
/// @param table the table, without its schema
/// @param count how many there are
/// @param first the keys of the first few
public record Differences(String table, int count, List<String> first) {
  /// How many keys are told.
  public static final int TOLD = 5;

  public static Differences none(String table) {
    return new Differences(table, 0, List.of());
  }

  /// Reads rows of `total` and `key`, of which the query answers the first few.
  public static Differences read(String table, PreparedStatement statement) throws SQLException {
    int total = 0;
    List<String> keys = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        total = rows.getInt("total");
        keys.add(rows.getString("key"));
      }
    }
    return new Differences(table, total, List.copyOf(keys));
  }

  /// These and others of the same table.
  public Differences plus(Differences others) {
    return new Differences(
        table,
        count + others.count,
        Stream.concat(first.stream(), others.first.stream()).limit(TOLD).toList());
  }
}
