package dev.stipend.oracle;

import java.time.Instant;
import java.util.Optional;

/// Somebody asked not to be told.
///
/// @param budget whose alerts; empty for all
/// @param place where; empty for everywhere
/// @param answered the message that was acknowledged or snoozed; empty for a silence
/// @param from when
/// @param until the first instant at which all is told again; {@link Instant#MAX} for what was
///     acknowledged
record Quiet(
    Optional<String> budget,
    Optional<Place> place,
    Optional<Heard> answered,
    Instant from,
    Instant until) {
  /// Whether what is told in this place of a line may have been kept back by this, at some time
  /// while it was reached.
  boolean covers(Place told, Crossing crossing) {
    return budget.map(crossing.timeline().limit.name()::equals).orElse(true)
        && place.map(told::equals).orElse(true)
        && answered.map(message -> isOver(message, crossing)).orElse(true)
        && !until.isBefore(crossing.since())
        && !from.isAfter(crossing.over());
  }

  /// What is answered is silent, with all that is not more severe.
  private static boolean isOver(Heard message, Crossing crossing) {
    return message.subject().orElseThrow().equals(crossing.timeline().subject)
        && message.window().orElseThrow().equals(crossing.timeline().window.start())
        && (message.line().orElseThrow() >= 100 || crossing.line() < 100);
  }

  boolean isForGood() {
    return until.equals(Instant.MAX);
  }

  /// Whether it ended in a stretch of time, so that what holds still is told again.
  boolean endedIn(Instant after, Instant upTo, Timeline timeline) {
    return until.isAfter(after)
        && !until.isAfter(upTo)
        && budget.map(timeline.limit.name()::equals).orElse(true);
  }
}
