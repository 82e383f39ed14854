package dev.stipend.ingest.source;

import static dev.stipend.ingest.source.HostRelation.quoted;

import dev.stipend.ingest.bulk.UsageColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How rows of a relation are asked for.
///
/// @param order the column of the time
/// @param id the column that identifies a row
/// @param gives the columns that it answers, by their names in a usage event
/// @param select makes a usage event of each row of `page`
record SourceQuery(
    HostRelation relation, String order, String id, List<String> gives, String select) {
  /// Tells whether a row's cost is final.
  static final String SETTLED = "settled";

  static final String TAGS = "tags";

  private static final Set<String> TIMES =
      Set.of("timestamp with time zone", "timestamp without time zone");

  /// More than any value that can be recorded has.
  private static final int LONGEST_TEXT = 20_000;

  /// Finds out how a source's relation is read.
  ///
  /// @throws SourceProblem if it cannot be
  static SourceQuery of(SourceSettings settings, HostRelation relation) {
    SourceQuery query =
        settings
            .preset()
            .map(preset -> ofPreset(preset.definition(), relation))
            .orElseGet(() -> ofColumns(settings.columns(), relation));
    String type = query.orderType();
    if (!TIMES.contains(type)) {
      throw new SourceProblem(
          "columns.occurred_at",
          "Column %s is %s; the time of a row must be timestamptz or timestamp."
              .formatted(query.order(), type));
    }
    if (relation.isTable() && !relation.require(query.id(), "columns.event_id").isUnique()) {
      throw new SourceProblem(
          "columns.event_id",
          "Column %s has no unique index, so two rows may have one id, and one of them would not count; name the primary key."
              .formatted(query.id()));
    }
    return query;
  }

  private static SourceQuery ofPreset(SourcePreset.Definition preset, HostRelation relation) {
    Stream.concat(Stream.of(preset.order(), preset.id()), preset.needs().stream())
        .forEach(column -> relation.require(column, "relation"));
    return new SourceQuery(relation, preset.order(), preset.id(), preset.gives(), preset.sql());
  }

  private static SourceQuery ofColumns(Map<String, String> columns, HostRelation relation) {
    Set<String> known = knownColumns();
    for (String field : columns.keySet()) {
      if (!known.contains(field)) {
        throw new SourceProblem(
            "columns." + field,
            "is no column of a usage event; known are %s.".formatted(String.join(", ", known)));
      }
    }
    List<String> gives = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (String field : known) {
      String column = columns.getOrDefault(field, field);
      boolean isNamed = columns.containsKey(field) || isRequired(field);
      if (isNamed || relation.columns().containsKey(column)) {
        relation.require(column, "columns." + field);
        gives.add(field);
        selected.add("%s AS %s".formatted(quoted(column), field));
      }
    }
    if (!gives.contains(UsageColumns.COST) && !gives.contains(UsageColumns.MODEL)) {
      throw new SourceProblem(
          "columns.cost",
          "%s has neither a column cost nor a column model, so its rows can never be priced; name one with columns."
              .formatted(relation.fullName()));
    }
    return new SourceQuery(
        relation,
        columns.getOrDefault(UsageColumns.OCCURRED_AT, UsageColumns.OCCURRED_AT),
        columns.getOrDefault(UsageColumns.EVENT_ID, UsageColumns.EVENT_ID),
        gives,
        "SELECT %s FROM page".formatted(String.join(", ", selected)));
  }

  private static boolean isRequired(String field) {
    return field.equals(UsageColumns.EVENT_ID) || field.equals(UsageColumns.OCCURRED_AT);
  }

  /// The columns of a usage event that a relation may have.
  static Set<String> knownColumns() {
    Set<String> known =
        new LinkedHashSet<>(List.of(UsageColumns.EVENT_ID, UsageColumns.OCCURRED_AT));
    known.addAll(new TreeSet<>(UsageColumns.TEXTS.keySet()));
    known.addAll(new TreeSet<>(UsageColumns.COUNTS.keySet()));
    known.addAll(List.of(UsageColumns.COST, TAGS, SETTLED));
    return known;
  }

  String orderType() {
    return relation.require(order, "columns.occurred_at").type();
  }

  String idType() {
    return relation.require(id, "columns.event_id").type();
  }

  /// Whether its times have no zone.
  boolean isLocalTime() {
    return orderType().endsWith("without time zone");
  }

  /// Whether it tells which costs are final.
  boolean settles() {
    return gives.contains(SETTLED);
  }

  /// Rows in the order of time and id: those of a time on, before a time, behind a row.
  ///
  /// @param isBehindRow whether a row is named, too
  String page(boolean isBehindRow) {
    String time = "host." + quoted(order);
    String key = "host." + quoted(id);
    String behind =
        isBehindRow
            ? " AND (%s, %s) > (CAST(? AS %s), CAST(? AS %s))"
                .formatted(time, key, orderType(), idType())
            : "";
    return events(
        """
        SELECT * FROM %1$s AS host
        WHERE %2$s >= CAST(? AS %3$s) AND %2$s < CAST(? AS %3$s) AND %5$s IS NOT NULL%4$s
        ORDER BY %2$s, %5$s LIMIT ?
        """
            .formatted(relation.fullName(), time, orderType(), behind, key));
  }

  /// Rows by their ids.
  String rows() {
    return events(
        "SELECT * FROM %s AS host WHERE host.%s = ANY (CAST(? AS %s[]))"
            .formatted(relation.fullName(), quoted(id), idType()));
  }

  /// How many rows there are of a time on and before a time.
  String count() {
    return """
    SELECT count(*) FROM %1$s AS host
    WHERE host.%2$s >= CAST(? AS %3$s) AND host.%2$s < CAST(? AS %3$s) AND host.%4$s IS NOT NULL
    """
        .formatted(relation.fullName(), quoted(order), orderType(), quoted(id));
  }

  /// How many rows there are of a time on, of which more than a few are not counted.
  String countAhead() {
    return "SELECT count(*) FROM (SELECT FROM %s AS host WHERE host.%s >= CAST(? AS %s) LIMIT 1000) AS ahead"
        .formatted(relation.fullName(), quoted(order), orderType());
  }

  private String events(String page) {
    String columns =
        gives.stream()
            .map(
                column ->
                    "left(CAST(event.%1$s AS text), %2$d) AS %1$s".formatted(column, LONGEST_TEXT))
            .collect(Collectors.joining(", "));
    return "WITH page AS (%s), event AS (%s)\nSELECT %s FROM event ORDER BY event.occurred_at, event.event_id"
        .formatted(page, select.strip(), columns);
  }
}
