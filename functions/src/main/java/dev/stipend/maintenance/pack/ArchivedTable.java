package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.pack.MaintenanceRules.ArchiveRule;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import dev.stipend.platform.sql.Statements;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table whose old rows leave: which they are, what they say, and how they are deleted.
final class ArchivedTable {
  private final PackSession session;
  private final ArchiveRule rule;
  private final Instant before;
  private final String also;
  private final TableShape shape;

  private ArchivedTable(
      PackSession session, ArchiveRule rule, Instant before, String also, TableShape shape) {
    this.session = session;
    this.rule = rule;
    this.before = before;
    this.also = also;
    this.shape = shape;
  }

  /// Looks at a table.
  ///
  /// @param before rows of earlier times leave
  /// @param also a further condition of rows `t` that leave; empty for none
  /// @throws IllegalStateException if it is not as it must be, naming the column
  static ArchivedTable of(PackSession session, ArchiveRule rule, Instant before, String also)
      throws SQLException {
    List<String> needed = new ArrayList<>(rule.only().keySet());
    needed.add(rule.by());
    return new ArchivedTable(
        session, rule, before, also, TableShape.of(session, session.quoted(rule.table()), needed));
  }

  String name() {
    return rule.table();
  }

  /// The numeric columns, which are added up.
  List<String> numbers() {
    return shape.numbers();
  }

  private String old() {
    String only =
        rule.only().keySet().stream()
            .map(column -> "\n  AND CAST(t.%s AS text) = ANY (?)".formatted(quoted(column)))
            .collect(Collectors.joining());
    return "t.%s < CAST(? AS timestamptz)%s%s"
        .formatted(quoted(rule.by()), only, also.isEmpty() ? "" : "\n  AND " + also);
  }

  private Object[] values(Object... first) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.add(before.toString());
    for (List<String> texts : rule.only().values()) {
      all.add(Statements.array("text", texts));
    }
    return all.toArray();
  }

  private String unreferred() {
    return shape.references().stream()
        .map(reference -> "\n  AND NOT " + reference)
        .collect(Collectors.joining());
  }

  /// How many rows would leave.
  long count() throws SQLException {
    return Query.row(
            session.connection(),
            "SELECT count(*) FROM %s t WHERE %s%s"
                .formatted(session.quoted(name()), old(), unreferred()),
            values())
        .number(0);
  }

  /// How many rows are old enough and stay, because others refer to them.
  long countReferred() throws SQLException {
    return shape.references().isEmpty()
        ? 0
        : Query.row(
                session.connection(),
                "SELECT count(*) FROM %s t WHERE %s AND (%s)"
                    .formatted(
                        session.quoted(name()), old(), String.join("\n  OR ", shape.references())),
                values())
            .number(0);
  }

  /// The keys of the rows that leave next, oldest first, each with about what it takes.
  List<RowKey> next(int most) throws SQLException {
    String keys =
        shape.key().stream()
            .map(column -> "CAST(t.%s AS text)".formatted(column.quoted()))
            .collect(Collectors.joining(", "));
    String weight =
        shape.large().stream()
            .map(column -> " + coalesce(pg_column_size(t.%s), 0)".formatted(quoted(column)))
            .collect(Collectors.joining());
    String order =
        shape.key().stream().map(column -> ", t." + column.quoted()).collect(Collectors.joining());
    return Query.rows(
            session.connection(),
            """
            SELECT 100%s, CAST(t.xmin AS text), %s
            FROM %s t
            WHERE %s%s
            ORDER BY t.%s%s
            LIMIT %d
            """
                .formatted(
                    weight,
                    keys,
                    session.quoted(name()),
                    old(),
                    unreferred(),
                    quoted(rule.by()),
                    order,
                    most),
            values())
        .stream()
        .map(row -> new RowKey(texts(row, 2), row.text(1), row.number(0)))
        .toList();
  }

  private static String quoted(String column) {
    return Identifiers.quoted(column);
  }

  private List<String> texts(Row row, int first) {
    return IntStream.range(first, first + shape.key().size()).mapToObj(row::text).toList();
  }

  /// A row as it is now.
  record ReadRow(RowKey key, String json) {}

  /// Reads rows, those that are still there and still old, in the form of JSON objects without line
  /// breaks: in JSON they stand between values alone.
  List<ReadRow> read(List<RowKey> keys) throws SQLException {
    String own =
        shape.key().stream()
            .map(column -> ", CAST(t.%s AS text)".formatted(column.quoted()))
            .collect(Collectors.joining());
    return Query.rows(
            session.connection(),
            """
            SELECT replace(replace(CAST(row_to_json(t) AS text), E'\\n', ' '), E'\\r', ' '), CAST(t.xmin AS text)%s
            FROM %s
            WHERE %s
            ORDER BY k.at
            """
                .formatted(own, joined(), old()),
            values(arrays(keys)))
        .stream()
        .map(row -> new ReadRow(new RowKey(texts(row, 2), row.text(1), 0), row.text(0)))
        .toList();
  }

  /// The table with the rows of some keys; their arrays come first among the values.
  private String joined() {
    return "%s t JOIN %s ON %s".formatted(session.quoted(name()), keys(), equal());
  }

  /// Keys in their order; their arrays come first among the values.
  private String keys() {
    String arrays = "CAST(? AS text[]), ".repeat(shape.key().size() + 1);
    String names =
        IntStream.range(0, shape.key().size())
            .mapToObj(i -> "k" + i + ", ")
            .collect(Collectors.joining());
    return "unnest(%s) WITH ORDINALITY AS k (%sversion, at)"
        .formatted(arrays.substring(0, arrays.length() - 2), names);
  }

  private String equal() {
    return IntStream.range(0, shape.key().size())
        .mapToObj(
            i ->
                "t.%s = CAST(k.k%d AS %s)"
                    .formatted(shape.key().get(i).quoted(), i, shape.key().get(i).type()))
        .collect(Collectors.joining(" AND "));
  }

  private Object[] arrays(List<RowKey> keys) {
    List<Object> arrays = new ArrayList<>();
    for (int i = 0; i < shape.key().size(); i++) {
      int column = i;
      arrays.add(
          Statements.array("text", keys.stream().map(each -> each.values().get(column)).toList()));
    }
    arrays.add(Statements.array("text", keys.stream().map(RowKey::version).toList()));
    return arrays.toArray();
  }

  /// Locks rows, so that nobody changes them or begins to refer to them, and answers how many
  /// others refer to.
  long lock(List<RowKey> keys) throws SQLException {
    Query.rows(
        session.connection(),
        "SELECT 1 FROM %s ORDER BY k.at FOR UPDATE OF t".formatted(joined()),
        arrays(keys));
    return shape.references().isEmpty()
        ? 0
        : Query.row(
                session.connection(),
                "SELECT count(*) FROM %s WHERE %s"
                    .formatted(joined(), String.join(" OR ", shape.references())),
                arrays(keys))
            .number(0);
  }

  /// Deletes rows that are as they were read, and answers what they amounted to.
  PieceContents delete(List<RowKey> keys) throws SQLException {
    String returned =
        numbers().stream().map(column -> ", t." + quoted(column)).collect(Collectors.joining());
    String sums =
        numbers().stream()
            .map(
                column ->
                    ", coalesce(sum(%1$s) FILTER (WHERE CAST(%1$s AS text) ~ '^-?[0-9]'), 0)"
                        .formatted(quoted(column)))
            .collect(Collectors.joining());
    Row gone =
        Query.row(
            session.connection(),
            """
            WITH gone AS (
              DELETE FROM %s t
              USING %s
              WHERE %s
                AND t.xmin = CAST(k.version AS xid)
              RETURNING 1%s)
            SELECT count(*)%s FROM gone
            """
                .formatted(session.quoted(name()), keys(), equal(), returned, sums),
            arrays(keys));
    PieceContents.Sum sum = new PieceContents.Sum(numbers());
    Map<String, BigDecimal> totals = new HashMap<>();
    for (int i = 0; i < numbers().size(); i++) {
      totals.put(numbers().get(i), new BigDecimal(gone.text(i + 1)));
    }
    sum.add(gone.number(0), totals);
    return sum.contents();
  }

  /// What tells a row from others.
  ///
  /// @param values of the primary key
  /// @param version of the row when it was read; every change gives it another
  /// @param weight about how many bytes it takes
  record RowKey(List<String> values, String version, long weight) {}
}
