package dev.stipend.oracle;

import dev.stipend.oracle.Heard.Kind;
import java.util.List;

/// What whoever reads a channel knows.
///
/// @param timelines every counter of the story
record Knowledge(Book book, List<Timeline> timelines, List<Heard> heard) {
  /// Whether a channel was sent a message from which people know of a crossing: of the line, of a
  /// higher one, of the period as restated, or that the budget above refuses all work.
  boolean knows(Place place, Crossing crossing) {
    return heard.stream()
        .filter(message -> message.place() == place)
        .anyMatch(message -> tells(message, crossing) || refuses(message, crossing));
  }

  private boolean tells(Heard message, Crossing crossing) {
    return message.states(crossing.line())
        && message.moment() >= crossing.firstMoment()
        && isAbout(message, crossing.timeline());
  }

  /// Whether all work is refused by a budget above, and the message says so.
  private boolean refuses(Heard message, Crossing crossing) {
    if (message.kind() != Kind.RAISED
        || !message.states(100)
        || !book.knows(message.budget())
        || !book.limit(message.budget()).refusesAll()
        || crossing.timeline().limit.scope().equals("workspace")) {
      return false;
    }
    return timelines.stream()
        .filter(parent -> isAbout(message, parent))
        .flatMap(parent -> parent.crossings(100).stream())
        .anyMatch(
            refusal -> refusal.overlaps(crossing) && message.moment() >= refusal.firstMoment());
  }

  /// Whether a message is about a counter. One that does not say of which period is about every
  /// one that has ever had its figures.
  boolean isAbout(Heard message, Timeline timeline) {
    return message.budget().equals(timeline.limit.name())
        && message
            .subject()
            .map(timeline.subject::equals)
            .orElse(!timeline.limit.scopeId().equals("*"))
        && message
            .window()
            .map(timeline.window.start()::equals)
            .orElseGet(() -> timeline.showed(message.percent(), message.limit(), message.moment()));
  }
}
