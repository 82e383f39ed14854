package dev.stipend.migration.check;

import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.files.Script;
import java.util.LinkedHashSet;
import java.util.Set;

/// The names of what a migration makes, judged by its file: tables, indexes, types, functions.
public final class MadeByScript {
  private MadeByScript() {}

  /// Without what it drops again.
  public static Set<String> of(Script script) {
    Set<String> made = new LinkedHashSet<>();
    for (Script.Statement statement : script.statements()) {
      for (MentionedObjects.Mention mention : MentionedObjects.of(statement.sql())) {
        switch (mention.effect()) {
          case CREATED -> made.add(mention.name());
          case DROPPED -> made.remove(mention.name());
          case USED -> {
            // It is not its own.
          }
        }
      }
    }
    return made;
  }

  /// Whether an object is one of these, or a part of one.
  public static boolean has(Set<String> made, Difference difference) {
    String name = difference.object().replaceFirst("^(materialized view|\\w+) ", "");
    String definition = difference.was().or(difference::is).orElse("");
    return made.contains(name.replaceFirst("[.(].*", ""))
        || made.stream()
            .anyMatch(
                each ->
                    definition.matches("CREATE .*INDEX .* ON (\\w+\\.)?" + each + " .*")
                        || (difference.object().startsWith("sequence ")
                            && name.startsWith(each + "_")));
  }
}
