package dev.stipend.ingest.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file with a header.
final class CsvRows implements FileRows {
  private final ImportFile file;
  private final Map<String, String> assumed;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> titles;
  private final UsageColumns columns;
  private long number;

  CsvRows(ImportFile file, Map<String, String> assumed, AtomicLong read) {
    this.file = file;
    this.assumed = assumed;
    reader = CsvInput.records(file.content(read));
    records = reader.iterator();
    CsvRecord header = record();
    if (header == null) {
      throw new UnusableFileException(
          "%s is empty: its first row must be a header with the names of the columns."
              .formatted(file.path()));
    }
    titles = header.getFields();
    columns = UsageColumns.of(titles, file.path());
    if (!columns.tellPrices(assumed.keySet())) {
      throw new UnusableFileException(
          "%s has neither a model nor a cost column, so none of its rows can ever be priced. Name their model: --assume model=NAME, and --assume provider=NAME if it has no provider column either."
              .formatted(file.path()));
    }
  }

  @Override
  public List<String> titles() {
    return titles;
  }

  @Override
  public @Nullable FileRow next() {
    CsvRecord record = record();
    if (record == null) {
      return null;
    }
    number++;
    UsageRow row = new UsageRow(number, record.getFields());
    try {
      return FileRow.of(
          number,
          row.cells(),
          row.event(columns, assumed, file.idOfRow(number), row.occurredAt(columns)));
    } catch (UsageRow.BadCell wrong) {
      return FileRow.wrong(number, row.cells(), String.valueOf(wrong.getMessage()));
    }
  }

  private @Nullable CsvRecord record() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException | UncheckedIOException e) {
      throw new UnusableFileException(
          "%s cannot be read as CSV after row %,d: %s."
              .formatted(file.path(), number, e.getMessage()),
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
