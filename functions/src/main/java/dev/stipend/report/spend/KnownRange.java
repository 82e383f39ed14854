package dev.stipend.report.spend;

import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.platform.json.InvalidJsonException;
import java.time.Instant;

/// Refuses what cannot be answered exactly any more, because a part of it has left the database.
final class KnownRange {
  private KnownRange() {}

  /// @throws InvalidJsonException naming the bound that is in the way, and what can be answered
  static void require(SpendQuery query, Horizons horizons) {
    for (QuerySegment piece : QuerySegment.of(query)) {
      Instant start = piece.range().start();
      if (!piece.ledger() && start.isBefore(horizons.totals())) {
        throw new InvalidJsonException(
            "from",
            "must be %s or later: earlier data has been deleted".formatted(horizons.totals()));
      }
      if (piece.ledger() && start.isBefore(horizons.ledger())) {
        throw query.needsLedger()
            ? new InvalidJsonException(
                "from",
                "must be %s or later where tags, or intervals that do not start on a quarter of an hour of UTC, are asked for: earlier events are no longer in the database"
                    .formatted(horizons.ledger()))
            : cut(query, start, horizons.ledger());
      }
    }
  }

  /// A bound cuts through a row of the rollup.
  private static InvalidJsonException cut(SpendQuery query, Instant at, Instant known) {
    boolean isStart = at.equals(query.range().start()) && !QuarterHours.startsAt(at);
    Instant bound = isStart ? at : query.range().end();
    return new InvalidJsonException(
        isStart ? "from" : "to",
        "must be on a quarter of an hour of UTC, such as %s, or be %s or later: earlier events are no longer in the database"
            .formatted(isStart ? QuarterHours.floor(bound) : QuarterHours.ceiling(bound), known));
  }
}
