package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Numbers and times: out of a row, and as people read them.
public final class Measures {
  private static final int STEP = 1024;
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");
  private static final int FEW = 10;

  private Measures() {}

  /// How a query hands over a time: as whole seconds since 1970.
  static String epoch(String time) {
    return "CAST(floor(extract(epoch FROM %s)) AS bigint)".formatted(time);
  }

  /// How a query hands over how long something has been so.
  static String secondsSince(String time) {
    return "CAST(greatest(0, floor(extract(epoch FROM clock_timestamp() - %s))) AS bigint)"
        .formatted(time);
  }

  static Optional<Instant> time(Query.Row row, int column) {
    return number(row, column).map(Instant::ofEpochSecond);
  }

  static Optional<Long> number(Query.Row row, int column) {
    return row.optional(column).map(Long::valueOf);
  }

  /// Bytes with one decimal where they are few; a kB has 1024, as PostgreSQL counts.
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= STEP && unit < UNITS.size() - 1) {
      value /= STEP;
      unit++;
    }
    String format = unit > 0 && value < FEW ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, UNITS.get(unit));
  }

  /// A duration in its two greatest units.
  public static String seconds(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    if (time.toDays() > 0) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : seconds + " s";
  }

  static String milliseconds(double milliseconds) {
    return String.format(Locale.ROOT, "%.0f ms", milliseconds);
  }

  static String secondsOr(Optional<Long> seconds) {
    return seconds.map(Measures::seconds).orElse("");
  }
}
