package dev.stipend.local.usage;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.stipend.bulk.UsageRow;
import dev.stipend.local.terminal.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `.rejected.csv` beside a usage file: row number, reason, and the row as it was. There is no
/// such file when nothing was rejected.
final class RejectedRows implements AutoCloseable {

  private final Path path;
  private final List<String> header;
  private @Nullable CsvWriter writer;

  RejectedRows(UsageFile file) {
    this.path = beside(file.path());
    this.header = file.header();
    try {
      // What an earlier run rejected says nothing about this one.
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  static Path beside(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.csv$", "");
    return file.resolveSibling(name + ".rejected.csv");
  }

  synchronized void add(UsageRow row, String reason) {
    try {
      if (writer == null) {
        writer = CsvWriter.builder().build(path);
        writer.writeRecord(line("row", "reason", header));
      }
      writer.writeRecord(line(Long.toString(row.number()), reason, row.cells()));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// The file, when there is one.
  synchronized Optional<Path> written() {
    return writer == null ? Optional.empty() : Optional.of(path);
  }

  @Override
  public synchronized void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static List<String> line(String first, String second, List<String> rest) {
    List<String> line = new ArrayList<>(List.of(first, second));
    line.addAll(rest);
    return line;
  }

  private LocalFailure failure(IOException e) {
    return new LocalFailure("The rejected rows cannot be written to %s: %s.".formatted(path, e), e);
  }
}
