package dev.stipend.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Names, some of which stand for many: `*` in one is any number of characters. Case does not
/// matter.
final class Wildcards {
  private final Pattern pattern;

  private Wildcards(Pattern pattern) {
    this.pattern = pattern;
  }

  static Wildcards of(List<String> names) {
    List<String> alternatives = new ArrayList<>();
    for (String name : names) {
      StringBuilder one = new StringBuilder();
      String[] parts = name.split("\\*", -1);
      for (int i = 0; i < parts.length; i++) {
        one.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
      }
      alternatives.add(one.toString());
    }
    // Without any name, nothing matches.
    return new Wildcards(
        Pattern.compile(
            alternatives.isEmpty() ? "(?!)" : String.join("|", alternatives),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  boolean match(String name) {
    return pattern.matcher(name).matches();
  }
}
