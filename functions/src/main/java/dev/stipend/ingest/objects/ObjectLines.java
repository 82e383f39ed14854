package dev.stipend.ingest.objects;

import dev.stipend.platform.json.JsonLines;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The lines of an object, with a JSON value each. It may be compressed with gzip.
public final class ObjectLines implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final JsonLines lines;

  /// @param bytes the object as it is stored
  /// @param most how many bytes it may have when it is inflated
  /// @throws UnusableObjectException if it is no gzip, though it begins as one
  public ObjectLines(byte[] bytes, long most) {
    InputStream stored = new ByteArrayInputStream(bytes);
    try {
      lines =
          new JsonLines(
              new Bounded(
                  isCompressed(bytes) ? new GZIPInputStream(stored, BUFFER) : stored, most));
    } catch (IOException noGzip) {
      throw new UnusableObjectException("is no gzip", noGzip);
    }
  }

  private static boolean isCompressed(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
  }

  /// The next line; null after the last one.
  ///
  /// @throws UnusableObjectException if the object cannot be inflated to its end, or is too large
  public JsonLines.@Nullable Line next() {
    try {
      return lines.next();
    } catch (IOException damaged) {
      throw new UnusableObjectException(
          "cannot be read after line %,d: %s".formatted(lines.number(), damaged.getMessage()),
          damaged);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException neverOfBytes) {
      throw new UnusableObjectException("cannot be closed", neverOfBytes);
    }
  }

  /// Reads no more than that.
  private static final class Bounded extends FilterInputStream {
    private final long most;
    private long read;

    Bounded(InputStream in, long most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) throws IOException {
      read += more;
      if (read > most) {
        throw new IOException("it is larger than %,d bytes when inflated".formatted(most));
      }
    }
  }
}
