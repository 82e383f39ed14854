package dev.stipend.ingest.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;

/// CSV as it comes from other programs: in UTF-8, with or without a byte order mark; a row may have
/// any number of cells.
public final class CsvInput {
  private static final char UNREADABLE = '\uFFFD';

  private CsvInput() {}

  /// Reads its records, the header like any other.
  ///
  /// @param content bytes, since a byte order mark is only found in them
  public static CsvReader<CsvRecord> records(InputStream content) {
    return CsvReader.builder()
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .detectBomHeader(true)
        .ofCsvRecord(content);
  }

  /// Whether bytes were no UTF-8; the decoder has put a mark in their place.
  public static boolean isDamaged(String cell) {
    return cell.indexOf(UNREADABLE) >= 0;
  }
}
