package dev.stipend.platform.json;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reads when something ends that is to last for a time: a time, or a date, through whose end it
/// lasts.
public final class Until {
  public static final String FIELD = "until";
  private static final Duration LONGEST = Duration.ofDays(366);

  private Until() {}

  /// An end in the future. One that is wrong is noted, once, and reads as absent.
  ///
  /// @param zone whose days are meant where a date is given
  public static Optional<Instant> future(JsonFields fields, ZoneId zone, Instant now) {
    Optional<Instant> until = fields.end(FIELD, zone);
    if (until.isPresent() && !until.get().isAfter(now)) {
      fields.error(FIELD, "must be in the future");
      return Optional.empty();
    }
    return near(fields, FIELD, until, now);
  }

  /// A time of the past or the future that is near enough for anything that people want to last.
  public static Optional<Instant> near(
      JsonFields fields, String name, Optional<Instant> time, Instant now) {
    if (time.filter(at -> Duration.between(now, at).abs().compareTo(LONGEST) > 0).isPresent()) {
      fields.error(name, "must be within a year from now");
      return Optional.empty();
    }
    return time.map(at -> at.truncatedTo(ChronoUnit.MICROS));
  }
}
