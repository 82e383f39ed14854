package dev.stipend.ingest.bulk;

import dev.stipend.platform.json.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The rows of a file with a JSON value on each line. Blank lines are no rows.
final class JsonLineRows implements FileRows {
  private final ImportFile file;
  private final JsonLines lines;

  JsonLineRows(ImportFile file, AtomicLong read) {
    this.file = file;
    lines = new JsonLines(file.content(read));
  }

  @Override
  public List<String> titles() {
    return List.of("line");
  }

  @Override
  public @Nullable FileRow next() {
    try {
      JsonLines.Line line = lines.next();
      return line == null ? null : row(line);
    } catch (IOException e) {
      throw new UnusableFileException(
          "%s cannot be read after line %,d: %s."
              .formatted(file.path(), lines.number(), e.getMessage()),
          e);
    }
  }

  private static FileRow row(JsonLines.Line line) {
    List<String> shown = List.of(line.shown());
    return line.isReadable()
        ? FileRow.of(line.number(), shown, Objects.requireNonNull(line.json()))
        : FileRow.wrong(line.number(), shown, line.wrong());
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
