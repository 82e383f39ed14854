package dev.stipend.maintenance.pack;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.stipend.ingest.bulk.CsvInput;
import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.migration.CountedNoun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Imports users from a CSV file with a header. A row that is wrong, or says what an earlier row or
/// another user has, goes to a file beside it with the reason; one that is there already is left as
/// it is, so that the same file twice is once.
final class UserImport {
  private static final int ROWS_AT_ONCE = 500;
  private static final int MOST_TOLD = 20;

  private final Path file;
  private final boolean dryRun;
  private final UserBatch batch;
  private final TaskDraft draft;

  /// Row numbers by user name and by address in lower case.
  private final Map<String, Long> names = new HashMap<>();
  private final Map<String, Long> addresses = new HashMap<>();
  private final Map<Long, String> reasons = new TreeMap<>();
  private long rows;
  private long rejected;
  private long unchanged;

  UserImport(PackSession session, Path file, TaskDraft draft, boolean dryRun) {
    this.file = file;
    this.dryRun = dryRun;
    this.batch = new UserBatch(session, dryRun);
    this.draft = draft;
  }

  /// A row of the file.
  ///
  /// @param cells as they are, for the file of rejected rows
  record UserRow(long number, List<String> cells, Map<UserColumn, String> values) {
    String name() {
      return values.getOrDefault(UserColumn.USERNAME, "");
    }

    /// The address as it is compared.
    String address() {
      return values.getOrDefault(UserColumn.EMAIL, "").toLowerCase(Locale.ROOT);
    }
  }

  /// Answers whether rows were rejected.
  ///
  /// @throws UnusableFileException if the file as a whole cannot be used
  boolean run() throws SQLException {
    try (CsvReader<CsvRecord> reader = CsvInput.records(Files.newInputStream(file))) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new UnusableFileException(
            "%s is empty: its first row must name the columns.".formatted(file));
      }
      List<String> titles = records.next().getFields();
      List<UserColumn> columns = columns(titles);
      if (dryRun) {
        read(records, columns, Optional.empty());
      } else {
        try (RejectedRows rejections = new RejectedRows(file, titles, 0)) {
          read(records, columns, Optional.of(rejections));
          rejections
              .written()
              .ifPresent(path -> draft.note("Rejected rows, with reasons: " + path));
        }
      }
    } catch (CsvParseException | UncheckedIOException failure) {
      throw new UnusableFileException(
          "%s cannot be read as CSV after row %,d: %s.".formatted(file, rows, failure.getMessage()),
          failure);
    } catch (NoSuchFileException missing) {
      throw new UnusableFileException("There is no file %s.".formatted(file), missing);
    } catch (IOException failure) {
      throw new UnusableFileException("%s cannot be read: %s.".formatted(file, failure), failure);
    }
    draft.item(
        "%s: %,d new, %,d there already, %,d rejected"
            .formatted(CountedNoun.of(rows, "row"), draft.done(), unchanged, rejected),
        "rows",
        rows,
        "imported",
        draft.done(),
        "unchanged",
        unchanged,
        "rejected",
        rejected,
        "firstReasons",
        reasons.entrySet().stream()
            .map(reason -> "row %d: %s".formatted(reason.getKey(), reason.getValue()))
            .toList());
    reasons.forEach((row, reason) -> draft.note("Row %,d: %s.".formatted(row, reason)));
    return rejected > 0;
  }

  private List<UserColumn> columns(List<String> titles) {
    List<UserColumn> columns = new ArrayList<>();
    for (String title : titles) {
      UserColumn column =
          UserColumn.find(title)
              .orElseThrow(
                  () ->
                      new UnusableFileException(
                          "%s has a column %s, which is none of users'; there are %s."
                              .formatted(file, title, UserColumn.labels())));
      if (columns.contains(column)) {
        throw new UnusableFileException("%s has column %s twice.".formatted(file, title));
      }
      columns.add(column);
    }
    for (UserColumn column : UserColumn.values()) {
      if (column.isNeeded() && !columns.contains(column)) {
        throw new UnusableFileException(
            "%s has no column %s, without which there is no user.".formatted(file, column.label()));
      }
    }
    return columns;
  }

  private void read(
      Iterator<CsvRecord> records, List<UserColumn> columns, Optional<RejectedRows> rejections)
      throws SQLException {
    List<UserRow> some = new ArrayList<>();
    while (records.hasNext()) {
      UserRow row = row(records.next().getFields(), columns);
      Optional<String> problem = problem(row, columns);
      if (problem.isPresent()) {
        reject(row, problem.get(), rejections);
      } else {
        names.put(row.name(), row.number());
        addresses.put(row.address(), row.number());
        some.add(row);
      }
      if (some.size() == ROWS_AT_ONCE) {
        take(some, columns, rejections);
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      take(some, columns, rejections);
    }
  }

  private UserRow row(List<String> cells, List<UserColumn> columns) {
    rows++;
    Map<UserColumn, String> values = new EnumMap<>(UserColumn.class);
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      values.put(columns.get(i), cells.get(i).strip());
    }
    return new UserRow(rows, cells, values);
  }

  private Optional<String> problem(UserRow row, List<UserColumn> columns) {
    if (row.cells().size() != columns.size()) {
      return Optional.of("%d cells under %d titles".formatted(row.cells().size(), columns.size()));
    }
    return columns.stream()
        .flatMap(column -> column.problem(row.values().getOrDefault(column, "")).stream())
        .findFirst()
        .or(() -> twice(UserColumn.USERNAME, row.name(), names.get(row.name())))
        .or(() -> twice(UserColumn.EMAIL, row.address(), addresses.get(row.address())));
  }

  private static Optional<String> twice(UserColumn column, String value, @Nullable Long first) {
    return first == null
        ? Optional.empty()
        : Optional.of("%s %s is that of row %d".formatted(column.label(), value, first));
  }

  private void take(List<UserRow> some, List<UserColumn> columns, Optional<RejectedRows> rejections)
      throws SQLException {
    UserBatch.Outcome outcome = batch.take(some, columns);
    draft.add(outcome.imported());
    unchanged += outcome.unchanged();
    outcome.taken().forEach((row, reason) -> reject(row, reason, rejections));
  }

  private void reject(UserRow row, String reason, Optional<RejectedRows> rejections) {
    rejected++;
    if (reasons.size() < MOST_TOLD) {
      reasons.put(row.number(), reason);
    }
    rejections.ifPresent(file -> file.add(row.number(), reason, row.cells()));
  }

  static String summary(long users, boolean dryRun) {
    return CountedNoun.of(users, "new user") + (dryRun ? " would be imported" : "");
  }
}
