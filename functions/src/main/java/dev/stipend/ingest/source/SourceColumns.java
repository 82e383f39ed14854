package dev.stipend.ingest.source;

import dev.stipend.ingest.bulk.UsageColumns;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which column of a relation is what. It is found out when a source is connected, and stays: a
/// column that is renamed later is missed, and one that is added means nothing.
final class SourceColumns {
  /// Tells whether a row's cost is final.
  static final String SETTLED = "settled";

  static final String TAGS = "tags";

  /// The columns of a usage event that a relation may have, in their order.
  static final Set<String> KNOWN = known();

  /// Columns that are taken only where somebody names them: elsewhere the same names mean other
  /// things.
  private static final Set<String> NAMED_ONLY = Set.of("kind", "corrects", "service_tier");

  private static final Set<String> AMOUNTS =
      Set.of(
          "numeric",
          "double precision",
          "real",
          "bigint",
          "integer",
          "smallint",
          "text",
          "character varying");
  private static final Set<String> OBJECTS = Set.of("jsonb", "json");

  private SourceColumns() {}

  private static Set<String> known() {
    Set<String> known =
        new LinkedHashSet<>(List.of(UsageColumns.EVENT_ID, UsageColumns.OCCURRED_AT));
    known.addAll(new TreeSet<>(UsageColumns.TEXTS.keySet()));
    known.addAll(new TreeSet<>(UsageColumns.COUNTS.keySet()));
    known.addAll(List.of(UsageColumns.COST, TAGS, SETTLED));
    return known;
  }

  /// All columns that a source reads: those that are named, and those that are called like the
  /// columns of a usage event.
  ///
  /// @throws SourceProblem if one is wrong or missing
  static Map<String, String> of(Map<String, String> named, HostRelation relation) {
    for (String field : named.keySet()) {
      if (!KNOWN.contains(field)) {
        throw new SourceProblem(
            "columns." + field,
            "%s is no column of a usage event; known are %s."
                .formatted(field, String.join(", ", KNOWN)));
      }
    }
    Map<String, String> columns = new LinkedHashMap<>();
    for (String field : KNOWN) {
      if (named.containsKey(field)) {
        columns.put(field, named.get(field));
      } else if (isRequired(field) || isMeant(field, relation)) {
        columns.put(field, field);
      }
    }
    if (!columns.containsKey(UsageColumns.COST) && !columns.containsKey(UsageColumns.MODEL)) {
      throw new SourceProblem(
          "columns.cost",
          "%s has neither a column cost nor a column model, so its rows can never be priced; name one with columns."
              .formatted(relation.fullName()));
    }
    return columns;
  }

  private static boolean isRequired(String field) {
    return field.equals(UsageColumns.EVENT_ID) || field.equals(UsageColumns.OCCURRED_AT);
  }

  /// Whether a column that is called so is what its name says.
  private static boolean isMeant(String field, HostRelation relation) {
    HostRelation.Column column = relation.columns().get(field);
    return column != null && !NAMED_ONLY.contains(field) && fits(field, column);
  }

  /// @throws SourceProblem if a column cannot be what it is named for
  static void requireFit(String field, String name, HostRelation.Column column) {
    if (!fits(field, column)) {
      throw new SourceProblem(
          "columns." + field,
          "Column %s is %s; %s."
              .formatted(
                  name,
                  column.type(),
                  switch (field) {
                    case SETTLED -> "settled must be boolean";
                    case TAGS -> "tags must be jsonb or json";
                    default -> "cost must be a number, such as numeric";
                  }));
    }
  }

  private static boolean fits(String field, HostRelation.Column column) {
    return switch (field) {
      case SETTLED -> column.type().equals("boolean");
      case TAGS -> OBJECTS.contains(column.type());
      case UsageColumns.COST -> AMOUNTS.contains(column.type());
      default -> true;
    };
  }
}
