package dev.stipend.local.usage;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.ingest.bulk.UsageColumns;
import dev.stipend.ingest.bulk.UsageRow;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.platform.secrets.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A usage file that has been looked through once: its columns are known, its rows counted, its
/// content digested.
///
/// @param digest of the content, 16 hexadecimal digits
/// @param rows without the header
/// @param lastEvent empty when no row has a readable time
record UsageFile(
    Path path,
    List<String> header,
    UsageColumns columns,
    String digest,
    long rows,
    Optional<Instant> lastEvent) {

  /// Looks through a file.
  ///
  /// @throws LocalFailure when it cannot be read, is empty, or has a column that is not known
  static UsageFile open(Path path) {
    Survey survey = new Survey();
    MessageDigest sha256 = Sha256.begun();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256);
        CsvReader<CsvRecord> reader = reader(in)) {
      for (CsvRecord row : reader) {
        survey.take(row, path);
      }
    } catch (IOException e) {
      throw new LocalFailure(
          "stipend.usage is \"%s\", which cannot be read: %s.".formatted(path, reason(e)), e);
    } catch (CsvParseException e) {
      throw new LocalFailure("%s is not a CSV file: %s.".formatted(path, e.getMessage()), e);
    }
    if (survey.columns == null) {
      throw new LocalFailure(
          "%s is empty: its first row must be a header with the names of the columns."
              .formatted(path));
    }
    String digest = HexFormat.of().formatHex(sha256.digest(), 0, 8);
    return new UsageFile(
        path, survey.header, survey.columns, digest, survey.rows, Optional.ofNullable(survey.last));
  }

  /// How far to move the events so that the last one is at `now`.
  Duration shiftTo(Instant now) {
    return lastEvent.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
  }

  /// Gives each row after the header, in order.
  void forEach(Consumer<UsageRow> consumer) {
    try (InputStream in = Files.newInputStream(path);
        CsvReader<CsvRecord> reader = reader(in)) {
      long number = 0;
      for (CsvRecord row : reader) {
        if (number > 0) {
          consumer.accept(new UsageRow(number, row.getFields()));
        }
        number++;
      }
    } catch (IOException e) {
      throw new LocalFailure("%s cannot be read: %s.".formatted(path, reason(e)), e);
    }
  }

  private static CsvReader<CsvRecord> reader(InputStream in) throws IOException {
    return CsvReader.builder()
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .detectBomHeader(true)
        .ofCsvRecord(in);
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "there is no such file" : e.toString();
  }

  /// What the first look gathers.
  private static final class Survey {
    private List<String> header = List.of();
    private @Nullable UsageColumns columns;
    private @Nullable Instant last;
    private long rows;

    private UsageColumns columns(Path path) {
      try {
        return UsageColumns.of(header, path);
      } catch (UnusableFileException e) {
        throw new LocalFailure(String.valueOf(e.getMessage()), e);
      }
    }

    private void take(CsvRecord row, Path path) {
      if (columns == null) {
        header = row.getFields();
        columns = columns(path);
        return;
      }
      rows++;
      try {
        Instant at = new UsageRow(rows, row.getFields()).occurredAt(columns);
        last = last == null || at.isAfter(last) ? at : last;
      } catch (UsageRow.BadCell e) {
        // Reported when the row is played; it has no say in where the file ends.
        return;
      }
    }
  }
}
