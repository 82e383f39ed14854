package dev.stipend.oracle;

import dev.stipend.oracle.Complaint.Kind;
import dev.stipend.oracle.Timeline.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Judges that nobody is told what never happened, and nothing twice.
final class Honesty {
  private final Stage stage;
  private final List<Timeline> timelines;
  private final Knowledge knowledge;
  private final List<Complaint> complaints = new ArrayList<>();

  Honesty(Stage stage) {
    this.stage = stage;
    timelines = stage.book.timelines();
    knowledge = new Knowledge(stage.book, timelines, stage.inbox.heard());
  }

  List<Complaint> judge() {
    stage.inbox.heard().stream()
        .filter(heard -> heard.kind() != Heard.Kind.RECOVERED)
        .forEach(this::judgeTruth);
    judgeRepeats();
    for (Timeline timeline : timelines) {
      List<Heard> told =
          stage.inbox.heard().stream()
              .filter(heard -> heard.place() == Place.HOOK && knowledge.isAbout(heard, timeline))
              .toList();
      judgeReminders(timeline, told);
      timeline.lines().forEach(line -> judgeOpenings(timeline, line, told));
      judgeSteps(timeline, told);
      judgeRestated(timeline, told);
    }
    return complaints;
  }

  private void judgeTruth(Heard heard) {
    boolean isTrue =
        timelines.stream()
            .filter(timeline -> knowledge.isAbout(heard, timeline))
            .flatMap(timeline -> timeline.states.stream())
            .filter(state -> state.moment().number() <= heard.moment())
            .anyMatch(state -> isTrue(heard, state));
    if (!isTrue) {
      complain(Kind.NEVER_HAPPENED, heard.toString(), about(heard));
    }
  }

  /// Whether the figures are those of a moment, and reach the line that is told.
  private static boolean isTrue(Heard heard, State state) {
    boolean figures =
        heard
            .amount()
            .map(
                amount ->
                    state.least().compareTo(amount) <= 0 && amount.compareTo(state.spend()) <= 0)
            .orElse(true);
    return figures
        && state.shows(heard.percent(), heard.limit())
        && heard.percent().compareTo(BigDecimal.valueOf(heard.line().orElse(0))) >= 0
        && (heard.kind() == Heard.Kind.RAISED || state.ended());
  }

  /// The same message again only after a crash. A text is also the same when the same happens
  /// again within a minute.
  private void judgeRepeats() {
    Map<String, List<Heard>> byMessage =
        stage.inbox.heard().stream()
            .filter(heard -> heard.place() != Place.FALLBACK)
            .collect(
                Collectors.groupingBy(
                    heard -> heard.message() + "|" + heard.withoutTime(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (List<Heard> same : byMessage.values()) {
      for (int i = 1; i < same.size(); i++) {
        Heard heard = same.get(i);
        boolean again = heard.place() == Place.SLACK && i < visits(heard);
        if (!again && !crashedIn(same.get(i - 1).moment(), heard.moment())) {
          complain(Kind.TWICE, "the same message again: " + heard, about(heard));
        }
      }
    }
  }

  private int visits(Heard heard) {
    return timelines.stream()
        .filter(timeline -> knowledge.isAbout(heard, timeline))
        .mapToInt(timeline -> timeline.visits(heard.percent(), heard.limit(), heard.moment()))
        .sum();
  }

  private boolean crashedIn(int from, int upTo) {
    return stage.crashes.stream().anyMatch(crash -> from <= crash && crash <= upTo);
  }

  /// Another message of the same alert only when a silence or a snooze has ended.
  private void judgeReminders(Timeline timeline, List<Heard> told) {
    raised(told)
        .collect(Collectors.groupingBy(heard -> heard.alert().orElseThrow()))
        .values()
        .forEach(
            same -> {
              for (int i = 1; i < same.size(); i++) {
                Heard before = same.get(i - 1);
                Heard heard = same.get(i);
                if (!before.message().equals(heard.message())
                    && !quietEnded(timeline, before, heard)) {
                  complain(Kind.TWICE, "reminded without a reason: " + heard, timeline.toString());
                }
              }
            });
  }

  private boolean quietEnded(Timeline timeline, Heard before, Heard heard) {
    return stage.quiets.stream()
        .anyMatch(quiet -> quiet.endedIn(before.at(), heard.at(), timeline));
  }

  private void judgeOpenings(Timeline timeline, int line, List<Heard> told) {
    long alerts =
        raised(told)
            .filter(heard -> heard.line().orElseThrow() == line)
            .map(heard -> heard.alert().orElseThrow())
            .distinct()
            .count();
    if (alerts > timeline.openings(line)) {
      complain(
          Kind.TWICE,
          "%d alerts of line %d, which was reached %d times"
              .formatted(alerts, line, timeline.openings(line)),
          timeline.toString());
    }
  }

  /// Who knows of a higher line is not told of a lower one, as long as both are reached.
  private void judgeSteps(Timeline timeline, List<Heard> told) {
    List<Heard> raised = raised(told).toList();
    for (Heard low : raised) {
      for (Heard high : raised) {
        if (high.line().orElseThrow() > low.line().orElseThrow()
            && isSpared(timeline, low, high)
            && !quietEnded(timeline, high, low)
            && !crashedIn(Math.min(low.moment(), high.moment()), low.moment())) {
          complain(Kind.TWICE, low + "\n  though " + high, timeline.toString());
        }
      }
    }
  }

  /// Whether one stretch over the higher line, which is a line still, has both messages, the lower
  /// one later; or both lines were reached at once, and told at once.
  private boolean isSpared(Timeline timeline, Heard low, Heard high) {
    int line = high.line().orElseThrow();
    boolean atOnce =
        high.moment() == low.moment()
            && low.percent().compareTo(BigDecimal.valueOf(line)) >= 0
            && timeline.at(low.moment()).reaches(line);
    return timeline.at(low.moment()).lines().contains(line)
        && timeline.crossings(line).stream()
            .anyMatch(
                crossing ->
                    crossing.firstMoment() <= high.moment()
                        && low.moment() <= crossing.lastMoment()
                        && (high.moment() < low.moment()
                            || (atOnce && !stage.crashes.contains(crossing.firstMoment()))));
  }

  /// What was told in the period is not told again as restated.
  private void judgeRestated(Timeline timeline, List<Heard> told) {
    for (Heard restated : told) {
      if (restated.kind() == Heard.Kind.RESTATED) {
        int line = restated.line().orElseThrow();
        boolean known =
            timeline.crossings(line).stream()
                .filter(Crossing::heldAtTheEnd)
                .anyMatch(
                    crossing ->
                        raised(told)
                            .anyMatch(
                                heard ->
                                    heard.states(line)
                                        && heard.moment() >= crossing.firstMoment()
                                        && heard.moment() < restated.moment()));
        if (known) {
          complain(Kind.TWICE, "restated though told: " + restated, timeline.toString());
        }
      }
    }
  }

  private static Stream<Heard> raised(List<Heard> told) {
    return told.stream().filter(heard -> heard.kind() == Heard.Kind.RAISED);
  }

  private String about(Heard heard) {
    return timelines.stream()
        .filter(
            timeline ->
                timeline.limit.name().equals(heard.budget())
                    && timeline.subject.equals(heard.subject().orElse(timeline.subject)))
        .map(Timeline::toString)
        .collect(Collectors.joining("\n  "));
  }

  private void complain(Kind kind, String what, String timeline) {
    complaints.add(new Complaint(kind, what + "\n  " + timeline));
  }
}
