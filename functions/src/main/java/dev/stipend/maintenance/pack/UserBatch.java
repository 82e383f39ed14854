package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.pack.UserImport.UserRow;
import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Inserts some users, those who are not there yet.
final class UserBatch {
  /// Somebody else may have been faster, or the sequence of ids may be behind ids that were given
  /// by hand.
  private static final int ATTEMPTS = 3;

  private final PackSession session;
  private final boolean dryRun;

  UserBatch(PackSession session, boolean dryRun) {
    this.session = session;
    this.dryRun = dryRun;
  }

  /// What became of rows.
  ///
  /// @param unchanged how many were there already
  /// @param taken those whose name or address another user has, with the reason
  record Outcome(long imported, long unchanged, Map<UserRow, String> taken) {}

  Outcome take(List<UserRow> rows, List<UserColumn> columns) throws SQLException {
    session.limitStatements();
    Map<UserRow, String> taken = new LinkedHashMap<>();
    List<UserRow> absent = absent(rows, taken);
    if (dryRun) {
      return new Outcome(absent.size(), rows.size() - taken.size() - absent.size(), taken);
    }
    long imported = 0;
    for (int attempt = 0; attempt < ATTEMPTS && !absent.isEmpty(); attempt++) {
      imported += insert(absent, columns);
      absent = absent(absent, taken);
    }
    absent.forEach(row -> taken.put(row, "another unique key of users keeps it out"));
    return new Outcome(imported, rows.size() - taken.size() - imported, taken);
  }

  /// Those of the rows who are not there, without those whose name or address is taken.
  private List<UserRow> absent(List<UserRow> rows, Map<UserRow, String> taken) throws SQLException {
    Known known = known(rows);
    List<UserRow> absent = new ArrayList<>();
    for (UserRow row : rows) {
      Optional<String> conflict = known.conflict(row);
      if (conflict.isPresent()) {
        taken.put(row, conflict.get());
      } else if (!known.has(row)) {
        absent.add(row);
      }
    }
    return absent;
  }

  /// Users who have one of the names or addresses.
  ///
  /// @param addresses in lower case, by user name
  /// @param names by address
  private record Known(Map<String, String> addresses, Map<String, String> names) {
    boolean has(UserRow row) {
      return row.address().equals(addresses.get(row.name()));
    }

    Optional<String> conflict(UserRow row) {
      @Nullable String address = addresses.get(row.name());
      if (address != null && !address.equals(row.address())) {
        return Optional.of(
            "username %s is that of another user, with another email".formatted(row.name()));
      }
      @Nullable String name = names.get(row.address());
      return name == null || name.equals(row.name())
          ? Optional.empty()
          : Optional.of("email %s is that of user %s".formatted(row.address(), name));
    }
  }

  private Known known(List<UserRow> rows) throws SQLException {
    Map<String, String> addresses = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    Query.rows(
            session.connection(),
            "SELECT username, lower(email) FROM %s WHERE username = ANY (?) OR lower(email) = ANY (?)"
                .formatted(session.quoted("users")),
            Statements.array("text", rows.stream().map(UserRow::name).toList()),
            Statements.array("text", rows.stream().map(UserRow::address).toList()))
        .forEach(
            row -> {
              addresses.put(row.text(0), row.text(1));
              names.put(row.text(1), row.text(0));
            });
    return new Known(addresses, names);
  }

  /// Answers how many are new.
  private long insert(List<UserRow> rows, List<UserColumn> columns) throws SQLException {
    List<Object> cells = new ArrayList<>();
    for (UserColumn column : columns) {
      cells.add(
          Statements.array(
              "text", rows.stream().map(row -> row.values().getOrDefault(column, "")).toList()));
    }
    boolean hasPassword = columns.contains(UserColumn.HASHED_PASSWORD);
    String names = columns.stream().map(UserColumn::label).collect(Collectors.joining(", "));
    String values =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    columns
                        .get(i)
                        .expression("nullif(c%d, '')".formatted(i), session.quoted("user_role")))
            .collect(Collectors.joining(", "));
    return Query.update(
        session.connection(),
        """
        INSERT INTO %s (%s%s)
        SELECT %s%s
        FROM unnest(%s) AS cell (%s)
        ON CONFLICT DO NOTHING
        """
            .formatted(
                session.quoted("users"),
                names,
                hasPassword ? "" : ", hashed_password",
                values,
                hasPassword ? "" : ", '!'",
                columns.stream()
                    .map(column -> "CAST(? AS text[])")
                    .collect(Collectors.joining(", ")),
                IntStream.range(0, columns.size())
                    .mapToObj(i -> "c" + i)
                    .collect(Collectors.joining(", "))),
        cells.toArray());
  }
}
