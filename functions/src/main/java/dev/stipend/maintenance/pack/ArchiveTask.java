package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.archive.ArchivePlace;
import dev.stipend.maintenance.pack.ArchivedTable.RowKey;
import dev.stipend.maintenance.pack.MaintenanceRules.ArchiveRule;
import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.operations.Measures;
import dev.stipend.platform.secrets.Sha256;
import dev.stipend.platform.sql.Query;
import dev.stipend.time.TimeLeft;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Lets old rows leave for the archive, piece by piece, oldest first.
///
/// A piece is written to a file, the file is read back and compared, and then exactly its rows are
/// deleted, in one transaction with the record of it. A row that has changed meanwhile, or that
/// somebody refers to by now, undoes the deletion, and the piece is written again.
final class ArchiveTask {
  private static final int ROWS_OF_A_PIECE = 10_000;
  private static final long BYTES_OF_A_PIECE = 64L << 20;
  private static final int ATTEMPTS = 3;
  private static final int NAME_DIGITS = 16;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final PackSession session;
  private final MaintenanceJournal journal;
  private final Optional<ArchivePlace> archive;
  private final Instant now;
  private final TimeLeft left;
  private final TaskDraft draft;

  ArchiveTask(
      PackSession session,
      Optional<ArchivePlace> archive,
      Instant now,
      TimeLeft left,
      TaskDraft draft) {
    this.session = session;
    this.journal = new MaintenanceJournal(session);
    this.archive = archive;
    this.now = now;
    this.left = left;
    this.draft = draft;
  }

  /// Archives what is old in a table, and answers how many rows have left or would leave.
  long run(ArchiveRule rule, boolean dryRun) {
    long before = draft.done();
    draft.attempt(
        "Table %s could not be archived".formatted(rule.table()), () -> archive(rule, dryRun));
    return draft.done() - before;
  }

  private void archive(ArchiveRule rule, boolean dryRun) throws SQLException {
    long done = draft.done();
    Instant before = now.minus(Duration.ofDays(rule.days()));
    if (left.isUsedUp()) {
      draft.unfinished("table %s was archived".formatted(rule.table()));
      return;
    }
    session.limitStatements();
    ArchivedTable table = ArchivedTable.of(session, rule, before, "");
    long old = table.count();
    long bytes = bytes(table);
    PieceContents.Sum sum = new PieceContents.Sum(table.numbers());
    List<String> files = new ArrayList<>();
    if (old > 0 && archive.isEmpty()) {
      draft.problem(
          "%s of table %s should leave and stay: nothing is deleted without an archive. Set USAGE_ARCHIVE to s3://bucket/prefix or file:///path, or give --archive."
              .formatted(CountedNoun.of(old, "row"), rule.table()));
    } else if (dryRun) {
      draft.add(old);
    } else if (old > 0) {
      leave(table, folder(archive.orElseThrow(), rule.table()), sum, files);
    }
    report(table, rule, before, bytes, sum.contents(), files, draft.done() - done);
  }

  private void report(
      ArchivedTable table,
      ArchiveRule rule,
      Instant before,
      long bytes,
      PieceContents contents,
      List<String> files,
      long rows)
      throws SQLException {
    long referred = table.countReferred();
    if (referred > 0) {
      draft.note(
          "%s of table %s: older, but kept, since other tables refer to them."
              .formatted(CountedNoun.of(referred, "row"), rule.table()));
    }
    draft.item(
        "%s: %s from before %s%s%s"
            .formatted(
                rule.table(),
                CountedNoun.of(rows, "row"),
                before,
                files.isEmpty() ? "" : ", to " + files.getFirst(),
                files.size() > 1 ? " and %d more".formatted(files.size() - 1) : ""),
        "table",
        rule.table(),
        "rows",
        rows,
        "before",
        before.toString(),
        "sums",
        contents.sumsAsTexts(),
        "files",
        files,
        "keptBecauseReferred",
        referred,
        "bytesBefore",
        bytes,
        "bytesAfter",
        bytes(table));
  }

  private long bytes(ArchivedTable table) throws SQLException {
    return Query.row(
            session.connection(),
            "SELECT pg_total_relation_size(to_regclass(?))",
            session.quoted(table.name()))
        .number(0);
  }

  private void leave(
      ArchivedTable table, ArchivePlace folder, PieceContents.Sum sum, List<String> files)
      throws SQLException {
    int attempts = 0;
    for (List<RowKey> keys = next(table); !keys.isEmpty(); keys = next(table)) {
      if (left.isUsedUp()) {
        draft.unfinished("all old rows of table %s had left".formatted(table.name()));
        return;
      }
      session.limitStatements();
      String name = journal.begin(table.name(), STAMP.format(now), folder.at().toString(), now);
      PieceFile file = new PieceFile(table, folder, name);
      Optional<PieceFile.Written> written = written(file, keys);
      if (written.isEmpty()) {
        return;
      }
      if (removed(table, name, written.get())) {
        attempts = 0;
        draft.add(written.get().contents().rows());
        sum.add(written.get().contents().rows(), written.get().contents().sums());
        files.add(file.at().toString());
      } else if (++attempts == ATTEMPTS) {
        draft.problem(
            "Rows of table %s are changed while they are archived; they stay, and the next run tries again."
                .formatted(table.name()));
        return;
      }
    }
  }

  /// The keys of the next piece.
  private List<RowKey> next(ArchivedTable table) throws SQLException {
    List<RowKey> piece = new ArrayList<>();
    long weight = 0;
    for (RowKey key : table.next(ROWS_OF_A_PIECE)) {
      weight += key.weight();
      if (!piece.isEmpty() && weight > BYTES_OF_A_PIECE) {
        break;
      }
      piece.add(key);
    }
    return piece;
  }

  /// Writes a file and reads it back; empty if that failed, which is a problem then.
  private Optional<PieceFile.Written> written(PieceFile file, List<RowKey> keys) {
    try {
      PieceFile.Written written = file.write(keys);
      if (file.holds(written)) {
        file.writeManifest(session, written, now);
        return Optional.of(written);
      }
      draft.problem(
          "The archive %s does not hold what was written; its rows stay, and the next run writes it again."
              .formatted(file.at()));
    } catch (IOException failure) {
      draft.problem(
          "The archive %s cannot be relied on, so its rows stay".formatted(file.at()), failure);
    }
    return Optional.empty();
  }

  /// Deletes the rows of a file, if they are still as they are in it.
  private boolean removed(ArchivedTable table, String name, PieceFile.Written written)
      throws SQLException {
    session.limitStatements();
    return session
        .inTransaction(
            () -> {
              boolean isSame =
                  table.lock(written.keys()) == 0
                      && table.delete(written.keys()).equals(written.contents());
              if (isSame) {
                journal.removed(table.name(), name, written.contents(), written.sha256(), now);
              }
              return Optional.of(isSame).filter(same -> same);
            })
        .isPresent();
  }

  /// The folder of a table. No two schemas have the same.
  private ArchivePlace folder(ArchivePlace place, String table) {
    String schema = session.schema();
    String folder =
        schema.matches("[A-Za-z0-9_-]+")
            ? schema
            : "~" + HexFormat.of().formatHex(Sha256.of(schema)).substring(0, NAME_DIGITS);
    URI at = place.at().resolve("packs/%s/%s/%s/".formatted(session.pack(), folder, table));
    return new ArchivePlace(at, place.store());
  }

  static String summary(long rows, boolean dryRun) {
    return dryRun
        ? "%s would leave for the archive".formatted(CountedNoun.of(rows, "row"))
        : "%s archived and removed".formatted(CountedNoun.of(rows, "row"));
  }

  static String size(long before, long after) {
    return "%s before, %s after".formatted(Measures.bytes(before), Measures.bytes(after));
  }
}
