package dev.stipend.maintenance.archive;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.secrets.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Writes archives and reads them back, row by row.
public final class ArchiveFile {
  private static final int BUFFER = 64 * 1024;

  private ArchiveFile() {}

  /// What a file was found to hold.
  record Found(String sha256, MonthContents contents) {}

  /// What is done with the text of a file.
  @FunctionalInterface
  public interface Reading {
    void of(BufferedReader text) throws IOException;
  }

  /// Writes a compressed file, and answers its SHA-256.
  public static String write(ArchiveStore store, URI at, ArchiveStore.Content rows)
      throws IOException {
    MessageDigest digest = Sha256.begun();
    store.write(
        at,
        out -> {
          digest.reset();
          GZIPOutputStream zipped =
              new GZIPOutputStream(new DigestOutputStream(out, digest), BUFFER);
          rows.writeTo(zipped);
          zipped.finish();
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Reads a file to its end.
  static Found read(ArchiveStore store, URI at, ArchiveFormat format) throws IOException {
    MonthContents.Sum sum = new MonthContents.Sum();
    String sha256 =
        read(
            store,
            at,
            reader -> {
              switch (format) {
                case JSONL -> addLines(reader, sum);
                case CSV -> addRecords(reader, sum);
              }
            });
    return new Found(sha256, sum.contents());
  }

  /// Reads a compressed file to its end, and answers its SHA-256.
  public static String read(ArchiveStore store, URI at, Reading reading) throws IOException {
    MessageDigest digest = Sha256.begun();
    try (InputStream raw = store.read(at);
        DigestInputStream digested = new DigestInputStream(raw, digest);
        GZIPInputStream unzipped = new GZIPInputStream(digested, BUFFER);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(unzipped, StandardCharsets.UTF_8))) {
      reading.of(reader);
      // What stands behind the end of the compressed rows belongs to the file as well.
      digested.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addLines(BufferedReader reader, MonthContents.Sum sum) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (!(ExactJson.parse(line) instanceof Map<?, ?> row)
          || !(row.get("workspace") instanceof String workspace)) {
        throw new IOException("a line is no row of the ledger");
      }
      sum.add(workspace, row.get("cost") instanceof String cost ? cost : "");
    }
  }

  private static void addRecords(BufferedReader reader, MonthContents.Sum sum) {
    // Left open: it would close what is still to be read to its end.
    CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(reader);
    for (NamedCsvRecord row : records) {
      sum.add(row.getField("workspace"), row.getField("cost"));
    }
  }
}
