package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.archive.ArchiveFile;
import dev.stipend.maintenance.archive.ArchivePlace;
import dev.stipend.maintenance.pack.ArchivedTable.ReadRow;
import dev.stipend.maintenance.pack.ArchivedTable.RowKey;
import dev.stipend.platform.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One file of an archive: a compressed JSON object on each line, and a manifest beside it with the
/// number of rows, the sum of each numeric column and the file's SHA-256.
final class PieceFile {
  /// The version of the form of files and manifests.
  private static final int FORM = 1;

  /// Rows that are read at once, and about how many bytes.
  private static final int ROWS_AT_ONCE = 500;
  private static final long BYTES_AT_ONCE = 2L << 20;

  private final ArchivedTable table;
  private final ArchivePlace place;
  private final String name;
  private final URI at;

  PieceFile(ArchivedTable table, ArchivePlace place, String name) {
    this.table = table;
    this.place = place;
    this.name = name;
    this.at = place.at().resolve(name + ".jsonl.gz");
  }

  URI at() {
    return at;
  }

  /// What was written.
  ///
  /// @param keys of the rows in the file, with their versions
  record Written(List<RowKey> keys, PieceContents contents, String sha256) {}

  /// Writes rows, instead of what an earlier attempt may have left.
  Written write(List<RowKey> wanted) throws IOException {
    List<RowKey> read = new ArrayList<>();
    List<PieceContents> contents = new ArrayList<>();
    String sha256 =
        ArchiveFile.write(
            place.store(),
            at,
            out -> {
              read.clear();
              PieceContents.Sum sum = new PieceContents.Sum(table.numbers());
              for (List<RowKey> some : portions(wanted)) {
                for (ReadRow row : rows(some)) {
                  write(row.json(), out);
                  sum.add(row.json());
                  read.add(row.key());
                }
              }
              contents.add(sum.contents());
            });
    return new Written(read, contents.getLast(), sha256);
  }

  private List<ReadRow> rows(List<RowKey> keys) throws IOException {
    try {
      return table.read(keys);
    } catch (SQLException failure) {
      throw new IOException("The rows cannot be read", failure);
    }
  }

  private static void write(String json, OutputStream out) throws IOException {
    out.write(json.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  /// Divides keys so that the rows of each part fit into memory.
  private static List<List<RowKey>> portions(List<RowKey> keys) {
    List<List<RowKey>> portions = new ArrayList<>();
    List<RowKey> portion = new ArrayList<>();
    long weight = 0;
    for (RowKey key : keys) {
      if (!portion.isEmpty()
          && (portion.size() == ROWS_AT_ONCE || weight + key.weight() > BYTES_AT_ONCE)) {
        portions.add(portion);
        portion = new ArrayList<>();
        weight = 0;
      }
      portion.add(key);
      weight += key.weight();
    }
    portions.add(portion);
    return portions;
  }

  /// Whether the file, read to its end, holds what was written.
  boolean holds(Written written) throws IOException {
    PieceContents.Sum sum = new PieceContents.Sum(table.numbers());
    String sha256 = ArchiveFile.read(place.store(), at, text -> add(text, sum));
    return sha256.equals(written.sha256()) && sum.contents().equals(written.contents());
  }

  private static void add(BufferedReader text, PieceContents.Sum sum) throws IOException {
    for (String line = text.readLine(); line != null; line = text.readLine()) {
      sum.add(line);
    }
  }

  void writeManifest(PackSession session, Written written, Instant now) throws IOException {
    String manifest =
        """
        {"formatVersion":%d,"pack":"%s","schema":%s,"table":"%s","location":"%s","rows":%d,"sums":%s,"sha256":"%s","archivedAt":"%s"}
        """
            .formatted(
                FORM,
                session.pack(),
                JsonText.quoted(session.schema()),
                table.name(),
                at,
                written.contents().rows(),
                written.contents().sumsAsJson(),
                written.sha256(),
                now);
    place
        .store()
        .write(
            place.at().resolve(name + ".manifest.json"),
            out -> out.write(manifest.getBytes(StandardCharsets.UTF_8)));
  }
}
