package dev.stipend.ingest.source;

import static dev.stipend.platform.sql.Identifiers.quoted;

import dev.stipend.ingest.bulk.UsageColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How rows of a relation are asked for.
///
/// @param order the column of the time
/// @param id the column that identifies a row
/// @param columns all columns that are read
/// @param gives the columns that it answers, by their names in a usage event
/// @param select makes a usage event of each row of `page`
record SourceQuery(
    HostRelation relation,
    String order,
    String id,
    Set<String> columns,
    List<String> gives,
    String select) {
  private static final Set<String> TIMES =
      Set.of("timestamp with time zone", "timestamp without time zone");

  /// More than any value that can be recorded has.
  private static final int LONGEST_TEXT = 500;

  private static final int LONGEST_TAGS = 4_000;

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
    if (relation.isTable() && !relation.isUnique(Set.of(query.id(), query.order()))) {
      throw new SourceProblem(
          "columns.event_id",
          "Column %s has no unique index, so two rows may have one id, and one of them would not count; name the primary key, or make a view that has a key of one column."
              .formatted(query.id()));
    }
    return query;
  }

  private static SourceQuery ofPreset(SourcePreset.Definition preset, HostRelation relation) {
    Set<String> columns = new LinkedHashSet<>(List.of(preset.order(), preset.id()));
    columns.addAll(preset.needs());
    columns.forEach(column -> relation.require(column, "relation"));
    return new SourceQuery(
        relation, preset.order(), preset.id(), columns, preset.gives(), preset.sql());
  }

  private static SourceQuery ofColumns(Map<String, String> columns, HostRelation relation) {
    List<String> gives = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (String field : SourceColumns.KNOWN) {
      String column = columns.get(field);
      if (column != null) {
        SourceColumns.requireFit(field, column, relation.require(column, "columns." + field));
        gives.add(field);
        selected.add("%s AS %s".formatted(quoted(column), field));
      }
    }
    return new SourceQuery(
        relation,
        columns.getOrDefault(UsageColumns.OCCURRED_AT, UsageColumns.OCCURRED_AT),
        columns.getOrDefault(UsageColumns.EVENT_ID, UsageColumns.EVENT_ID),
        Set.copyOf(columns.values()),
        gives,
        "SELECT %s FROM page".formatted(String.join(", ", selected)));
  }

  String orderType() {
    return relation.require(order, "columns.occurred_at").type();
  }

  private HostRelation.Column idColumn() {
    return relation.require(id, "columns.event_id");
  }

  /// Where names are looked for: also operators of the id's type, should an extension have made it.
  List<String> schemas() {
    return Stream.of(relation.schema(), idColumn().typeSchema()).distinct().toList();
  }

  /// Whether its times have no zone.
  boolean isLocalTime() {
    return orderType().endsWith("without time zone");
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
                .formatted(time, key, orderType(), idColumn().exactType())
            : "";
    return events(
        """
        SELECT %6$s FROM %1$s AS host
        WHERE %2$s >= CAST(? AS %3$s) AND %2$s < CAST(? AS %3$s) AND %5$s IS NOT NULL%4$s
        ORDER BY %2$s, %5$s LIMIT ?
        """
            .formatted(relation.fullName(), time, orderType(), behind, key, selected()));
  }

  /// Rows by their ids.
  String rows() {
    return events(
        "SELECT %s FROM %s AS host WHERE host.%s = ANY (CAST(? AS %s[]))"
            .formatted(selected(), relation.fullName(), quoted(id), idColumn().exactType()));
  }

  private String selected() {
    return columns.stream()
        .map(column -> "host." + quoted(column))
        .sorted()
        .collect(Collectors.joining(", "));
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

  /// Texts are cut by a cast, which only looks at their length where they fit; `left` counts the
  /// letters of each.
  private String events(String page) {
    String texts =
        gives.stream()
            .map(
                column ->
                    "CAST(CAST(event.%1$s AS text) AS varchar(%2$d)) AS %1$s"
                        .formatted(
                            column,
                            column.equals(SourceColumns.TAGS) ? LONGEST_TAGS : LONGEST_TEXT))
            .collect(Collectors.joining(", "));
    return "WITH page AS (%s), event AS (%s)\nSELECT %s FROM event ORDER BY event.occurred_at, event.event_id"
        .formatted(page, select.strip(), texts);
  }
}
