package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionSettingsTest {
  @Test
  void withoutMonthsEverythingIsKept() {
    assertThat(settings("", "file:///archive", "jsonl").read()).isEmpty();
  }

  @Test
  void aPlaceIsADirectory() {
    assertThat(settings("3", "file:///archive/ledger", "").read())
        .contains(
            new Retention(
                3, Optional.of(URI.create("file:///archive/ledger/")), ArchiveFormat.JSONL));
    assertThat(settings("12", "file:///archive/", "csv").read())
        .contains(
            new Retention(12, Optional.of(URI.create("file:///archive/")), ArchiveFormat.CSV));
  }

  @Test
  void monthsAreDroppedWithoutAnArchiveOnlyWhenThatIsSaid() {
    assertThat(settings("3", "none", "").read())
        .contains(new Retention(3, Optional.empty(), ArchiveFormat.JSONL));
    assertThatThrownBy(() -> settings("3", "", "").read())
        .hasMessageContaining(
            "USAGE_ARCHIVE is not set, and nothing is deleted without an archive");
  }

  @ParameterizedTest
  @CsvSource({
    "2, none, '', USAGE_RETENTION_MONTHS must be a whole number of months and at least 3",
    "-3, none, '', USAGE_RETENTION_MONTHS",
    "3.5, none, '', USAGE_RETENTION_MONTHS",
    "a year, none, '', USAGE_RETENTION_MONTHS",
    "3, /archive, '', USAGE_ARCHIVE must be",
    "3, file://host/archive, '', USAGE_ARCHIVE must be",
    "3, ftp://host/archive, '', USAGE_ARCHIVE must be",
    "3, file:///my archive, '', USAGE_ARCHIVE must be",
    "3, none, parquet, 'USAGE_ARCHIVE_FORMAT must be one of jsonl, csv, not parquet'",
  })
  void aSettingThatMakesNoSenseIsNamed(
      String months, String archive, String format, String message) {
    assertThatThrownBy(() -> settings(months, archive, format).read())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wholeMonthsAreKeptBesidesTheCurrentOne() {
    Retention retention = new Retention(3, Optional.empty(), ArchiveFormat.JSONL);
    assertThat(retention.firstKept(Instant.parse("2026-06-30T23:59:59Z")))
        .isEqualTo(YearMonth.of(2026, 3));
    assertThat(retention.firstKept(Instant.parse("2026-02-01T00:00:00Z")))
        .isEqualTo(YearMonth.of(2025, 11));
  }

  private static RetentionSettings settings(String months, String archive, String format) {
    return new RetentionSettings(months, archive, format, List.of(new FileArchiveStore()));
  }
}
