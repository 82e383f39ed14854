package dev.stipend.oracle;

import dev.stipend.oracle.Timeline.State;
import java.time.Instant;
import java.util.List;

/// A stretch in which spend was at or over a line without a break, whether or not the budget had
/// that line all the time.
///
/// @param from the place of its first state in the timeline
/// @param until the place of the first state after it
record Crossing(Timeline timeline, int line, int from, int until) {
  List<State> states() {
    return timeline.states.subList(from, until);
  }

  /// Whether an evaluation saw it: people must hear of it.
  boolean mustBeHeard() {
    return states().stream().anyMatch(state -> state.counts(line));
  }

  int firstMoment() {
    return timeline.states.get(from).moment().number();
  }

  /// The number of the last moment at which it held.
  int lastMoment() {
    return timeline.states.get(until - 1).moment().number();
  }

  Instant since() {
    return timeline.states.get(from).moment().at();
  }

  /// When it was over, or the end of the story.
  Instant over() {
    return timeline.states.get(Math.min(until, timeline.states.size() - 1)).moment().at();
  }

  /// Whether it holds still, or did when nobody could change it any more, and the line is still
  /// one.
  boolean stands() {
    State last = timeline.states.getLast();
    return until == timeline.states.size() && last.counts(line);
  }

  /// Whether it held when the period ended.
  boolean heldAtTheEnd() {
    return timeline.hasEnded()
        && states().stream().anyMatch(State::ended)
        && states().stream().anyMatch(state -> !state.ended());
  }

  /// What may have to do with it that nobody heard.
  String circumstances() {
    if (states().getFirst().ended()) {
      return "reached after the period's end";
    }
    long before = timeline.crossings(line).stream().filter(other -> other.until() <= from).count();
    return before >= 3 ? "reached for the fourth time or later" : "reached in its period";
  }

  boolean overlaps(Crossing other) {
    return firstMoment() <= other.lastMoment() && other.firstMoment() <= lastMoment();
  }

  @Override
  public String toString() {
    return "%d %% of %s, reached at %s%s"
        .formatted(
            line,
            timeline.key(),
            since(),
            until == timeline.states.size() ? "" : ", left at " + over());
  }
}
