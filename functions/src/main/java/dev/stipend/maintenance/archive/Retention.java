package dev.stipend.maintenance.archive;

import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// How long the ledger keeps months, and where they go before they leave it.
///
/// @param months whole UTC months that are kept besides the current one
/// @param archive the place of archives; empty when months shall be dropped without one
/// @param format of archives
record Retention(int months, Optional<URI> archive, ArchiveFormat format) {
  /// The live path takes events of 35 days, and prices come late.
  static final int FEWEST_MONTHS = 3;

  /// The first month that is kept.
  YearMonth firstKept(Instant now) {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(months);
  }
}
