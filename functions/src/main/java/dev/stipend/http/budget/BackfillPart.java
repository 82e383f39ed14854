package dev.stipend.http.budget;

import dev.stipend.budget.backfill.Backfill;
import io.micronaut.serde.annotation.Serdeable;

/// How far what was spent before is counted.
///
/// @param periods how many periods there are to count, the current one first
/// @param filled how many of them are counted
@Serdeable
public record BackfillPart(int periods, int filled) {
  static BackfillPart of(Backfill backfill) {
    return new BackfillPart(backfill.periods(), backfill.filled());
  }
}
