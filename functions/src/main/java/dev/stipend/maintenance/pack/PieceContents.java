package dev.stipend.maintenance.pack;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.TopLevelNumbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What rows amount to, as far as two copies of them are compared.
///
/// @param rows how many
/// @param sums of each numeric column, by its name
record PieceContents(long rows, SortedMap<String, BigDecimal> sums) {
  /// Adds up rows one by one. What is no finite number does not count.
  static final class Sum {
    private final SortedMap<String, BigDecimal> sums = new TreeMap<>();
    private long rows;

    Sum(List<String> columns) {
      columns.forEach(column -> sums.put(column, BigDecimal.ZERO));
    }

    /// Adds a row as the file has it.
    void add(String line) throws IOException {
      rows++;
      TopLevelNumbers.read(line, sums.keySet())
          .forEach((column, number) -> sums.merge(column, number, BigDecimal::add));
    }

    void add(long more, Map<String, BigDecimal> numbers) {
      rows += more;
      numbers.forEach((column, number) -> sums.merge(column, number, BigDecimal::add));
    }

    PieceContents contents() {
      SortedMap<String, BigDecimal> plain = new TreeMap<>();
      sums.forEach((column, sum) -> plain.put(column, sum.stripTrailingZeros()));
      return new PieceContents(rows, plain);
    }
  }

  /// The sums as decimal strings, which no reader of JSON rounds.
  Map<String, String> sumsAsTexts() {
    Map<String, String> texts = new TreeMap<>();
    sums.forEach((column, sum) -> texts.put(column, sum.toPlainString()));
    return texts;
  }

  /// The same as a JSON object.
  String sumsAsJson() {
    return sums.entrySet().stream()
        .map(
            sum ->
                JsonText.quoted(sum.getKey())
                    + ": "
                    + JsonText.quoted(sum.getValue().toPlainString()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
