package dev.stipend.platform.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A table as comma-separated values (RFC 4180), with a header.
public final class CsvTable {
  /// A function may answer with 6 MB, in base64.
  private static final int MOST_BYTES = 4_000_000;

  private static final String RUN_AS_FORMULA = "=+-@\t\r";

  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private boolean isEmpty = true;

  public CsvTable(List<String> header) {
    append(line(header.stream()));
  }

  /// Adds a row, if it still fits. The first one does, whatever its size.
  ///
  /// @param cells a text is text; an `Optional` is its value or nothing; anything else is written
  ///     as it is
  /// @return whether it was added
  public boolean add(Stream<?> cells) {
    return add(List.of(line(cells.map(CsvTable::cell))));
  }

  /// Adds rows that belong together, if all of them still fit.
  ///
  /// @param rows see {@link #add(Stream)}
  /// @return whether they were added
  public boolean addAll(List<? extends List<?>> rows) {
    return add(rows.stream().map(row -> line(row.stream().map(CsvTable::cell))).toList());
  }

  private boolean add(List<String> lines) {
    String all = String.join("", lines);
    if (!isEmpty && bytes + size(all) > MOST_BYTES) {
      return false;
    }
    append(all);
    isEmpty = isEmpty && lines.isEmpty();
    return true;
  }

  /// The table.
  public String text() {
    return text.toString();
  }

  private void append(String more) {
    text.append(more);
    bytes += size(more);
  }

  private static int size(String more) {
    return more.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String line(Stream<String> cells) {
    StringWriter line = new StringWriter();
    CsvWriter.builder().bufferSize(0).build(line).writeRecord(cells.toList());
    return line.toString();
  }

  private static String cell(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(CsvTable::cell).orElse("");
      case String text -> isFormula(text) ? "'" + text : text;
      default -> String.valueOf(value);
    };
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && RUN_AS_FORMULA.indexOf(text.charAt(0)) >= 0;
  }
}
