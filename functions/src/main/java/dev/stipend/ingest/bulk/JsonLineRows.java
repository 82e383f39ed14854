package dev.stipend.ingest.bulk;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The rows of a file with a JSON value on each line. Blank lines are no rows.
final class JsonLineRows implements FileRows {
  /// A line that is longer holds no event that anybody could send otherwise.
  private static final int LONGEST = 6_000_000;

  /// How much of a rejected line is shown.
  private static final int SHOWN = 2_000;

  /// What a decoder puts where bytes are no UTF-8.
  private static final char UNREADABLE = '\uFFFD';

  private final ImportFile file;
  private final BufferedReader reader;
  private long number;

  JsonLineRows(ImportFile file, AtomicLong read) {
    this.file = file;
    reader = new BufferedReader(new InputStreamReader(file.content(read), StandardCharsets.UTF_8));
  }

  @Override
  public List<String> titles() {
    return List.of("line");
  }

  @Override
  public @Nullable FileRow next() {
    StringBuilder line = new StringBuilder();
    boolean found;
    do {
      line.setLength(0);
      found = readLine(line);
    } while (found && line.toString().isBlank());
    return found ? row(line.toString()) : null;
  }

  private FileRow row(String line) {
    number++;
    List<String> shown = List.of(line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
    if (line.length() > LONGEST) {
      return FileRow.wrong(
          number, shown, "the line is longer than %,d characters".formatted(LONGEST));
    }
    if (line.indexOf(UNREADABLE) >= 0) {
      return FileRow.wrong(number, shown, "the line is not valid UTF-8");
    }
    try {
      Object json = ExactJson.parse(line);
      return json == null
          ? FileRow.wrong(number, shown, "the line is null")
          : FileRow.of(number, shown, json);
    } catch (InvalidJsonException wrong) {
      return FileRow.wrong(number, shown, wrong.summary());
    }
  }

  /// Reads to the end of the line, keeping one character more than a line may have. Answers whether
  /// there was a line.
  private boolean readLine(StringBuilder line) {
    try {
      int next = reader.read();
      if (next < 0) {
        return false;
      }
      while (next >= 0 && next != '\n') {
        if (next != '\r' && line.length() <= LONGEST) {
          line.append((char) next);
        }
        next = reader.read();
      }
      return true;
    } catch (IOException e) {
      throw new UnusableFileException(
          "%s cannot be read after line %,d: %s.".formatted(file.path(), number, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
