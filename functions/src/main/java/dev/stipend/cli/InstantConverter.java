package dev.stipend.cli;

import dev.stipend.ingest.price.PriceReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a time that an option gives.
final class InstantConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (PriceReader.isSettable(at)) {
        return at;
      }
    } catch (DateTimeException wrong) {
      // Said below, as of any other that cannot be.
    }
    throw new TypeConversionException(
        text + " is not an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z");
  }
}
