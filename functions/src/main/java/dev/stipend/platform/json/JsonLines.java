package dev.stipend.platform.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A text with a JSON value on each line, read line by line. Blank lines are none. A wrong line
/// stops no other, and needs no more memory than a right one may.
public final class JsonLines implements Closeable {
  /// A line that is longer holds no event that anybody could send otherwise.
  private static final int LONGEST = 6_000_000;

  /// How much of a line is shown.
  private static final int SHOWN = 2_000;

  /// What a decoder puts where bytes are no UTF-8.
  private static final char UNREADABLE = '\uFFFD';

  /// A line.
  ///
  /// @param number counted from 1, without blank lines
  /// @param shown its beginning, for whoever has to find it
  /// @param json its value, as {@link ExactJson} reads it; null if it is wrong
  /// @param wrong why it cannot be used; empty if it can
  public record Line(long number, String shown, @Nullable Object json, String wrong) {
    /// Whether it has a value.
    public boolean isReadable() {
      return wrong.isEmpty();
    }
  }

  private final Reader reader;
  private final char[] buffer = new char[1 << 14];
  private int from;
  private int until;
  private long number;

  /// @param in in UTF-8, closed with this
  public JsonLines(InputStream in) {
    reader = new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  /// How many lines were read.
  public long number() {
    return number;
  }

  /// The next line; null after the last one.
  ///
  /// @throws IOException if the text cannot be read on
  public @Nullable Line next() throws IOException {
    StringBuilder line = new StringBuilder();
    boolean found;
    do {
      line.setLength(0);
      found = readLine(line);
    } while (found && line.toString().isBlank());
    return found ? line(line.toString()) : null;
  }

  private Line line(String text) {
    number++;
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    if (text.length() > LONGEST) {
      return new Line(
          number, shown, null, "the line is longer than %,d characters".formatted(LONGEST));
    }
    if (text.indexOf(UNREADABLE) >= 0) {
      return new Line(number, shown, null, "the line is not valid UTF-8");
    }
    try {
      Object json = ExactJson.parse(text);
      return new Line(number, shown, json, json == null ? "the line is null" : "");
    } catch (InvalidJsonException wrong) {
      return new Line(number, shown, null, wrong.summary());
    }
  }

  /// Reads to the end of the line, keeping one character more than a line may have. Answers whether
  /// there was a line.
  private boolean readLine(StringBuilder line) throws IOException {
    boolean found = false;
    while (from < until || fill()) {
      found = true;
      int end = from;
      while (end < until && buffer[end] != '\n') {
        end++;
      }
      line.append(buffer, from, Math.min(end - from, LONGEST + 1 - line.length()));
      from = end + 1;
      if (end < until) {
        break;
      }
    }
    // Of a line that ends as on Windows.
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return found;
  }

  private boolean fill() throws IOException {
    from = 0;
    until = Math.max(0, reader.read(buffer));
    return until > 0;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
