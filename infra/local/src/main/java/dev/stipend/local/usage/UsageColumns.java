package dev.stipend.local.usage;

import dev.stipend.local.terminal.LocalFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which column of a usage file means what.
///
/// @param names the canonical name of each column, in the order of the file
record UsageColumns(List<String> names) {

  private static final List<String> KNOWN =
      List.of(
          "event_id",
          "occurred_at",
          "user_id",
          "agent_id",
          "workflow_id",
          "team_id",
          "provider",
          "model",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "cost",
          "currency");

  private static final Map<String, String> ALIASES =
      Map.of(
          "timestamp",
          "occurred_at",
          "contexttokens",
          "input_tokens",
          "generatedtokens",
          "output_tokens");

  static final String TAG = "tag.";

  /// Reads a header row.
  ///
  /// @throws LocalFailure naming the column that is unknown, doubled or missing, and the names that
  ///     are known
  static UsageColumns of(List<String> header, Path file) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String title : header) {
      String name = canonical(title.strip());
      if (!KNOWN.contains(name) && !(name.startsWith(TAG) && name.length() > TAG.length())) {
        throw new LocalFailure(
            "%s has a column \"%s\" that is not known; known are %s, tag.*, and TIMESTAMP, ContextTokens, GeneratedTokens."
                .formatted(file, title, String.join(", ", KNOWN)));
      }
      if (!seen.add(name)) {
        throw new LocalFailure(
            "%s has two columns for %s: \"%s\" is the second.".formatted(file, name, title));
      }
      names.add(name);
    }
    if (!seen.contains("occurred_at")) {
      throw new LocalFailure(
          "%s has no column occurred_at (or TIMESTAMP), the time of each event.".formatted(file));
    }
    return new UsageColumns(List.copyOf(names));
  }

  private static String canonical(String title) {
    String lower = title.toLowerCase(Locale.ROOT);
    // What follows tag. is the caller's own word, upper case included.
    return lower.startsWith(TAG)
        ? TAG + title.substring(TAG.length())
        : ALIASES.getOrDefault(lower, lower);
  }
}
