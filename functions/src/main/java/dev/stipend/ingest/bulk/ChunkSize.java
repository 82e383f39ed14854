package dev.stipend.ingest.bulk;

import java.time.Duration;

/// How many rows the next chunk has.
///
/// Where many budgets count each row, most of a transaction is updating their counters, and a chunk
/// of twice the rows hardly costs more; so chunks grow as long as that makes rows cheaper. Where it
/// does not, they stay small: recorders wait for the counters that a transaction has locked.
public final class ChunkSize {
  /// Enough that a row's share of a transaction is next to nothing.
  static final int FIRST = 10_000;

  /// What memory can hold of the chunks that are read and written at the same time.
  public static final int MOST = 40_000;

  /// A row of the larger chunk must cost at most so many tenths of one of the smaller.
  private static final int PAYS = 8;

  private static final int TENTHS = 10;

  private int rows = FIRST;
  private long nanosOfRow = Long.MAX_VALUE / TENTHS;
  private boolean settled;

  public int rows() {
    return rows;
  }

  /// Notes what a chunk took to write. One that was read before the size last changed tells what
  /// the size before costs.
  public void took(int read, Duration time) {
    if (settled || read == 0) {
      return;
    }
    long each = time.toNanos() / read;
    if (read < rows) {
      nanosOfRow = each;
    } else if (each * TENTHS > nanosOfRow * PAYS) {
      rows = Math.max(FIRST, rows / 2);
      settled = true;
    } else {
      nanosOfRow = each;
      rows = Math.min(MOST, rows * 2);
      settled = rows == MOST;
    }
  }
}
