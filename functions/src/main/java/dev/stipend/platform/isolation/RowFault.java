package dev.stipend.platform.isolation;

import dev.stipend.platform.sql.FailureCause;

/// Tells failures that a row is to blame for from those of the time.
public final class RowFault {
  /// Statements that would fail for any row: in a transaction that was aborted before, of unknown
  /// names, without privilege, not supported.
  private static final String NO_ROWS_FAULT = "55.*|25.*|42.*|3[DF].*|0A.*";

  private RowFault() {}

  /// Whether the work may succeed as soon as it leaves out some row.
  public static boolean is(Throwable failure) {
    FailureCause cause = FailureCause.of(failure);
    return cause != FailureCause.OUTAGE
        && cause != FailureCause.CONTENTION
        && FailureCause.state(failure).filter(state -> state.matches(NO_ROWS_FAULT)).isEmpty();
  }
}
