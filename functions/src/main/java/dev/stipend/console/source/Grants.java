package dev.stipend.console.source;

import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the statements in sentences that say what a role lacks, so that they can be copied.
final class Grants {
  private static final Pattern STATEMENT = Pattern.compile("\\bGRANT [A-Z][^;]*;?");

  private Grants() {}

  /// The statements, each once, each with its end.
  static List<String> in(Collection<String> sentences) {
    return sentences.stream()
        .flatMap(sentence -> STATEMENT.matcher(sentence).results())
        .map(MatchResult::group)
        .map(statement -> statement.endsWith(";") ? statement : statement + ";")
        .distinct()
        .toList();
  }
}
