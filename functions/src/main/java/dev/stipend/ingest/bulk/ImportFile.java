package dev.stipend.ingest.bulk;

import dev.stipend.platform.secrets.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/// A file to import. Its content is its identity; its name only gives its format.
///
/// @param path where it is
/// @param form what its rows are
/// @param compressed whether it is gzip-compressed
/// @param bytes its size
/// @param digest SHA-256 of its content, in hexadecimal digits
public record ImportFile(Path path, Form form, boolean compressed, long bytes, String digest) {
  private static final int BUFFER = 1 << 16;
  private static final int DERIVED_ID_DIGITS = 16;

  /// What the rows of a file are.
  public enum Form {
    CSV,
    JSON_LINES
  }

  /// Looks at a file: reads it once, for its digest.
  ///
  /// @throws UnusableFileException if it cannot be read, or its name has no known ending
  public static ImportFile open(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    boolean compressed = name.endsWith(".gz");
    String plain = compressed ? name.substring(0, name.length() - ".gz".length()) : name;
    MessageDigest sha256 = Sha256.begun();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256)) {
      long bytes = in.transferTo(java.io.OutputStream.nullOutputStream());
      return new ImportFile(
          path, form(path, plain), compressed, bytes, HexFormat.of().formatHex(sha256.digest()));
    } catch (NoSuchFileException e) {
      throw new UnusableFileException("There is no file %s.".formatted(path), e);
    } catch (IOException e) {
      throw new UnusableFileException("%s cannot be read: %s.".formatted(path, e), e);
    }
  }

  /// Its content, with how much of the file was read so far.
  ///
  /// @param read is set to the bytes of the file that were taken
  InputStream content(AtomicLong read) {
    try {
      InputStream counted = new Counted(Files.newInputStream(path), read);
      InputStream in = new BufferedInputStream(counted, BUFFER);
      return compressed ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The id of an event for which the file gives none: the same whenever the file is.
  String idOfRow(long number) {
    return "csv-" + digest.substring(0, DERIVED_ID_DIGITS) + "-" + number;
  }

  private static Form form(Path path, String name) {
    if (name.endsWith(".csv")) {
      return Form.CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Form.JSON_LINES;
    }
    throw new UnusableFileException(
        "%s must end with .csv, .jsonl or .ndjson, and may be compressed as .gz.".formatted(path));
  }

  /// Counts what is read from a file.
  private static final class Counted extends java.io.FilterInputStream {
    private final AtomicLong read;

    Counted(InputStream in, AtomicLong read) {
      super(in);
      this.read = read;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      read.addAndGet(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int taken = super.read(bytes, offset, length);
      read.addAndGet(Math.max(0, taken));
      return taken;
    }
  }
}
