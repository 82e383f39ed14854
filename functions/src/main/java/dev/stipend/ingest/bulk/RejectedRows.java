package dev.stipend.ingest.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.stipend.ingest.bulk.Chunk.RejectedRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `.rejected.csv` beside a file: row number, reason, and the row as it was, be its cells more
/// or fewer than the titles. There is no such file when nothing was rejected.
public final class RejectedRows implements AutoCloseable {
  private final Path path;
  private final List<String> titles;
  private @Nullable CsvWriter writer;

  /// @param titles of the file's columns
  /// @param done rows whose rejections are kept: those after it will be read again
  /// @throws UnusableFileException if it cannot be written
  public RejectedRows(Path file, List<String> titles, long done) {
    this.path = beside(file);
    this.titles = titles;
    keep(done);
  }

  /// `usage.rejected.csv` of `usage.csv`. Of other forms the whole name stays, so that files which
  /// differ in their form alone do not share it.
  static Path beside(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.csv$", "");
    return file.resolveSibling(name + ".rejected.csv");
  }

  /// The file of an earlier run, if there is one.
  public static Optional<Path> writtenBeside(Path file) {
    return Optional.of(beside(file)).filter(Files::exists);
  }

  public void add(List<RejectedRow> rows) {
    rows.forEach(rejected -> add(rejected.row().number(), rejected.reason(), rejected.row().raw()));
    try {
      if (writer != null) {
        writer.flush();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Adds a row, which is sure to be in the file when this is closed.
  public void add(long number, String reason, List<String> cells) {
    try {
      CsvWriter out = writer == null ? begin() : writer;
      writer = out;
      out.writeRecord(line(Long.toString(number), reason, cells));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// The file, if there is one.
  public Optional<Path> written() {
    return Files.exists(path) ? Optional.of(path) : Optional.empty();
  }

  private CsvWriter begin() throws IOException {
    boolean fresh = Files.notExists(path);
    CsvWriter out =
        CsvWriter.builder()
            .build(
                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (fresh) {
      out.writeRecord(line("row", "reason", titles));
    }
    return out;
  }

  private void keep(long done) {
    if (Files.notExists(path)) {
      return;
    }
    List<List<String>> kept = new ArrayList<>();
    try {
      if (done > 0) {
        try (CsvReader<CsvRecord> reader = CsvInput.records(Files.newInputStream(path))) {
          reader.stream()
              .skip(1)
              .filter(record -> Long.parseLong(record.getField(0)) <= done)
              .forEach(record -> kept.add(record.getFields()));
        }
      }
      Files.delete(path);
      if (!kept.isEmpty()) {
        CsvWriter out = begin();
        writer = out;
        kept.forEach(out::writeRecord);
        out.flush();
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

  private UnusableFileException failure(IOException e) {
    return new UnusableFileException(
        "The rejected rows cannot be written to %s: %s.".formatted(path, e), e);
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
