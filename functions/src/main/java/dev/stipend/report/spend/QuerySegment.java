package dev.stipend.report.spend;

import dev.stipend.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A part of a query's range, and the table it is read from.
///
/// @param ledger whether it is read from the ledger, else from the rollup
/// @param range which part
record QuerySegment(boolean ledger, Period range) {
  /// The pieces that tile the range: as much as can be from the rollup, which is far smaller.
  static List<QuerySegment> of(SpendQuery query) {
    Period range = query.range();
    Instant first = QuarterHours.ceiling(range.start());
    Instant last = QuarterHours.floor(range.end());
    if (query.needsLedger() || !first.isBefore(last)) {
      return List.of(new QuerySegment(true, range));
    }
    List<QuerySegment> pieces = new ArrayList<>();
    pieces.add(new QuerySegment(false, new Period(first, last)));
    if (range.start().isBefore(first)) {
      pieces.add(new QuerySegment(true, new Period(range.start(), first)));
    }
    if (last.isBefore(range.end())) {
      pieces.add(new QuerySegment(true, new Period(last, range.end())));
    }
    return pieces;
  }

  String table() {
    return ledger ? "stipend.usage_logs" : "stipend.cost_tracking";
  }

  String time() {
    return ledger ? "u.occurred_at" : "u.bucket_start";
  }

  /// What a row adds to cost, requests and the count of unpriced events.
  String figures() {
    return ledger
        ? """
        coalesce(u.cost, 0) AS cost,
          CASE WHEN u.kind = 'usage' THEN 1 ELSE 0 END AS requests,
          u.unpriced\
        """
        : "u.cost, u.requests, u.unpriced";
  }
}
