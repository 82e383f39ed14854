package dev.stipend.ingest.format;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens that a span tells.
final class SpanUsage {
  private final Map<String, @Nullable Object> tokens;
  private final Map<String, String> names;
  private final boolean counted;
  private final long input;
  private final long fresh;
  private final long output;
  private final long said;

  private SpanUsage(
      Map<String, @Nullable Object> tokens, Map<String, String> names, boolean counted) {
    this.tokens = tokens;
    this.names = names;
    this.counted = counted;
    this.input = count("inputTokens");
    this.fresh = input - count("cachedInputTokens") - count("cacheWriteTokens");
    this.output = count("outputTokens");
    this.said = output - count("reasoningTokens");
  }

  /// Reads them.
  ///
  /// @param inputIsApart whether the sender is known to count cached tokens apart from the input
  static SpanUsage of(SpanValues values, SpanSender sender, boolean inputIsApart) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    Map<String, String> names = new HashMap<>();
    for (SpanSender.Spelling spelling : spellings(values, sender)) {
      Object value = values.own(spelling.name());
      Object before = told.get(spelling.field());
      if (value != null && (before == null || (isZero(before) && isPositive(value)))) {
        told.put(spelling.field(), value);
        names.put(spelling.field(), spelling.name());
      }
    }
    TokenEvidence evidence = TokenEvidence.takenFrom(told, inputIsApart);
    boolean any = !told.isEmpty() || evidence.tellsAny();
    boolean counted = any && TokenParts.fit(told, evidence);
    return new SpanUsage(any ? told : Map.of(), names, counted);
  }

  /// The names that the span has, the best first.
  private static List<SpanSender.Spelling> spellings(SpanValues values, SpanSender sender) {
    List<SpanSender.Spelling> spellings = new ArrayList<>();
    for (String attribute : values.attributes().values().keySet()) {
      spellings.addAll(sender.tokens().getOrDefault(attribute, List.of()));
    }
    spellings.sort(Comparator.comparingInt(SpanSender.Spelling::place));
    return spellings;
  }

  private static boolean isPositive(Object value) {
    return value instanceof BigDecimal number && number.signum() > 0;
  }

  private static boolean isZero(Object value) {
    return value instanceof BigDecimal number && number.signum() == 0;
  }

  /// Whether there is anything to count, if only nothing.
  boolean isTold() {
    return !names.isEmpty();
  }

  /// The name of a total of which nobody tells the parts; empty if there are parts.
  String totalOnly() {
    boolean parts =
        names.containsKey("inputTokens")
            || names.containsKey("outputTokens")
            || names.containsKey(TokenEvidence.FRESH_INPUT);
    return parts ? "" : names.getOrDefault(TokenEvidence.TOTAL, "");
  }

  /// The native fields of tokens.
  Map<String, @Nullable Object> tokens() {
    return tokens;
  }

  /// How the sender calls them.
  Map<String, String> names() {
    return names;
  }

  /// Whether all are counts; if not, they are as they were sent.
  boolean counted() {
    return counted;
  }

  /// Whether two spans tell the same, though one may tell more parts of it, or count them apart.
  boolean isSame(SpanUsage other) {
    return counted
        && other.counted
        && meet(input, fresh, other.input, other.fresh)
        && meet(output, said, other.output, other.said);
  }

  private static boolean meet(long whole, long part, long otherWhole, long otherPart) {
    return whole == otherWhole || whole == otherPart || part == otherWhole;
  }

  long input() {
    return input;
  }

  /// The input without what was read from the cache or written to it.
  long fresh() {
    return fresh;
  }

  long output() {
    return output;
  }

  /// The output without reasoning.
  long said() {
    return said;
  }

  /// How many kinds of tokens are told.
  int detail() {
    return tokens.size();
  }

  private long count(String field) {
    return tokens.get(field) instanceof BigDecimal number ? number.longValue() : 0;
  }
}
