package dev.stipend.concurrency;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// A budget that the story edits.
///
final class SpendLimit {
  final String name;
  final String user;
  final String period;
  final ZoneId zone;
  BigDecimal limit;
  List<Integer> lines;

  SpendLimit(String name, String user, String period, String zone, int limit, List<Integer> lines) {
    this.name = name;
    this.user = user;
    this.period = period;
    this.zone = ZoneId.of(zone);
    this.limit = BigDecimal.valueOf(limit);
    this.lines = lines;
  }

  /// Whose counter counts what somebody spent: of the user, of each (`*`), or of all (empty).
  Optional<String> subjectOf(String spender) {
    return switch (user) {
      case "" -> Optional.of("default");
      case "*" -> Optional.of(spender);
      default -> Optional.of(user).filter(spender::equals);
    };
  }

  Instant start(Instant at) {
    return period.equals("hourly")
        ? at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant()
        : at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  Instant end(Instant start) {
    return period.equals("hourly")
        ? start.plus(Duration.ofHours(1))
        : start.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
  }
}
