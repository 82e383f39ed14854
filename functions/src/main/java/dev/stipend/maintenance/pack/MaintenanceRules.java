package dev.stipend.maintenance.pack;

import dev.stipend.migration.files.Pack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a pack's document asks to be done regularly, as `maintenance` in its `pack.yaml` says.
///
/// @param archive rows that leave for the archive after a time
/// @param reindex tables whose indexes are built anew when much has changed
/// @param statistics whether statistics of all tables are kept fresh
/// @param jsonColumns whether it is reported what columns of JSON take
/// @param cleanUp rows that are deprecated, which leave when somebody asks for it
/// @param scripts the verbs that the pack has beside `maintain`
record MaintenanceRules(
    List<ArchiveRule> archive,
    List<String> reindex,
    boolean statistics,
    boolean jsonColumns,
    List<ArchiveRule> cleanUp,
    List<PackVerb> scripts) {
  private static final String NAME = "[a-z_][a-z0-9_]*";
  private static final int MOST_DAYS = 36_500;
  private static final Set<String> HEADINGS =
      Set.of("archive", "reindex", "statistics", "json-columns", "clean-up", "scripts");

  /// Rows of a table that leave after a time.
  ///
  /// @param by the column that says how old a row is
  /// @param days for which a row stays
  /// @param only the values that columns must have, for rows to leave
  record ArchiveRule(String table, String by, int days, Map<String, List<String>> only) {}

  /// Reads what a pack says; empty if its document asks for nothing.
  ///
  /// @throws IllegalStateException naming the field that is wrong
  static Optional<MaintenanceRules> of(String pack) {
    return read(pack, Pack.described(pack, "maintenance"));
  }

  static Optional<MaintenanceRules> read(String pack, @Nullable Object described) {
    return described == null
        ? Optional.empty()
        : Optional.of(new Reader("pack.yaml of " + pack + ", maintenance").rules(described));
  }

  /// Reads values, and knows where they stand.
  private record Reader(String place) {
    MaintenanceRules rules(Object described) {
      Map<String, @Nullable Object> fields = fields(described, HEADINGS);
      return new MaintenanceRules(
          at("archive").tables(fields.get("archive")),
          at("reindex").names(fields.get("reindex")),
          at("statistics").flag(fields.get("statistics")),
          at("json-columns").flag(fields.get("json-columns")),
          at("clean-up").tables(fields.get("clean-up")),
          at("scripts").verbs(fields.get("scripts")));
    }

    private Reader at(String field) {
      return new Reader(place + "." + field);
    }

    private List<ArchiveRule> tables(@Nullable Object value) {
      List<ArchiveRule> rules = new ArrayList<>();
      map(value)
          .forEach(
              (table, rule) -> {
                Reader there = at(table);
                there.name(table);
                rules.add(there.rule(table, rule));
              });
      return rules;
    }

    private ArchiveRule rule(String table, @Nullable Object value) {
      Map<String, @Nullable Object> fields = fields(value, Set.of("by", "days", "only"));
      Map<String, List<String>> only = new LinkedHashMap<>();
      at("only")
          .map(fields.get("only"))
          .forEach(
              (column, values) -> {
                at("only").name(column);
                only.put(column, at("only." + column).texts(values));
              });
      return new ArchiveRule(
          table, at("by").name(fields.get("by")), at("days").days(fields.get("days")), only);
    }

    private Map<String, @Nullable Object> fields(@Nullable Object value, Set<String> known) {
      Map<String, @Nullable Object> fields = map(value);
      for (String field : fields.keySet()) {
        if (!known.contains(field)) {
          throw at(field).wrong("is unknown; there are " + String.join(", ", sorted(known)));
        }
      }
      return fields;
    }

    private Map<String, @Nullable Object> map(@Nullable Object value) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      if (value instanceof Map<?, ?> given) {
        given.forEach((name, each) -> map.put(String.valueOf(name), each));
      } else if (value != null) {
        throw wrong("must have fields, not be " + value);
      }
      return map;
    }

    private List<String> names(@Nullable Object value) {
      return texts(value).stream().map(this::name).toList();
    }

    private List<String> texts(@Nullable Object value) {
      if (value instanceof List<?> list) {
        return list.stream().map(String::valueOf).toList();
      }
      if (value == null) {
        return List.of();
      }
      throw wrong("must be a list, not " + value);
    }

    private List<PackVerb> verbs(@Nullable Object value) {
      return texts(value).stream()
          .map(
              label ->
                  PackVerb.find(label)
                      .filter(verb -> verb != PackVerb.MAINTAIN)
                      .orElseThrow(
                          () ->
                              wrong(
                                  "must name some of %s, not %s"
                                      .formatted(String.join(", ", PackVerb.labels()), label))))
          .toList();
    }

    private String name(@Nullable Object value) {
      if (value instanceof String text && text.matches(NAME)) {
        return text;
      }
      throw wrong("must be a name, not " + value);
    }

    private int days(@Nullable Object value) {
      if (value instanceof Integer number && number > 0 && number <= MOST_DAYS) {
        return number;
      }
      throw wrong("must be a whole number of days, not " + value);
    }

    private boolean flag(@Nullable Object value) {
      if (value == null || value instanceof Boolean) {
        return Boolean.TRUE.equals(value);
      }
      throw wrong("must be true or false, not " + value);
    }

    private IllegalStateException wrong(String why) {
      return new IllegalStateException("%s %s".formatted(place, why));
    }

    private static List<String> sorted(Set<String> names) {
      return names.stream().sorted().toList();
    }
  }
}
