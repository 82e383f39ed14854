package dev.stipend.migration.lint;

import dev.stipend.migration.files.Script;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values that a file adds to the type of an enumeration. PostgreSQL refuses to use one in the
/// transaction that has added it, unless that has made the type, too.
final class EnumValues {
  private static final Pattern MADE = Pattern.compile("(?i)^CREATE TYPE (\\S+) AS ENUM\\b");
  private static final Pattern ADDED = Pattern.compile("(?i)^ALTER TYPE (\\S+) ADD VALUE\\b");

  private final Set<String> made = new HashSet<>();
  private final Map<String, String> added = new LinkedHashMap<>();

  /// The value that a statement uses too early, and where it comes from. Statements are to be given
  /// in their order.
  Optional<String> used(Script.Statement statement) {
    String plain = SqlText.plain(statement.sql());
    Matcher type = MADE.matcher(plain);
    if (type.find()) {
      made.add(type.group(1));
    }
    Matcher addition = ADDED.matcher(plain);
    if (!addition.find()) {
      return SqlText.texts(statement.sql()).stream()
          .filter(added::containsKey)
          .map(value -> "value '%s', which %s,".formatted(value, added.get(value)))
          .findFirst();
    }
    if (!made.contains(addition.group(1))) {
      SqlText.texts(statement.sql()).stream()
          .findFirst()
          .ifPresent(
              value ->
                  added.put(
                      value,
                      "line %d adds to type %s".formatted(statement.line(), addition.group(1))));
    }
    return Optional.empty();
  }
}
