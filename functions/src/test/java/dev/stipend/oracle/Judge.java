package dev.stipend.oracle;

import dev.stipend.oracle.Accounts.Row;
import dev.stipend.oracle.Complaint.Kind;
import dev.stipend.oracle.Timeline.State;
import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges the property above all rules: of every crossing every channel of the budget knows, or the
/// API shows why not, and when it is looked at again.
final class Judge {
  private final Stage stage;
  private final Knowledge knowledge;
  private final Map<String, List<Row>> rows = new HashMap<>();
  private final Map<String, Answer> explained = new HashMap<>();
  private final List<Complaint> complaints = new ArrayList<>();

  Judge(Stage stage) {
    this.stage = stage;
    knowledge = new Knowledge(stage.book, stage.book.timelines(), stage.inbox.heard());
  }

  /// In the midst of a story: what people do not know yet is explained, with a time.
  List<Complaint> midway() {
    for (Timeline timeline : knowledge.timelines()) {
      State now = timeline.states.getLast();
      if (!now.ended()) {
        now.lines().stream()
            .filter(now::counts)
            .map(line -> timeline.crossings(line).getLast())
            .forEach(this::judgeWaiting);
      }
    }
    return complaints;
  }

  private void judgeWaiting(Crossing crossing) {
    for (Place place : crossing.timeline().limit.places()) {
      if (!knowledge.knows(place, crossing) && !isExplainedWithTime(place, crossing)) {
        complain(Kind.NO_NEXT_LOOK, place, crossing, explanation(crossing));
      }
    }
  }

  private boolean isExplainedWithTime(Place place, Crossing crossing) {
    Map<?, ?> answer = explain(crossing.timeline()).json();
    List<Row> alerts =
        list(answer.get("alerts")).stream()
            .map(alert -> Accounts.row(crossing.timeline().limit.name(), alert))
            .filter(row -> row.isOfLimit() && row.line() >= crossing.line())
            .toList();
    boolean line =
        list(answer.get("lines")).stream()
            .filter(
                each ->
                    number(each.get("threshold")).compareTo(BigDecimal.valueOf(crossing.line()))
                        == 0)
            .anyMatch(each -> Accounts.has(each, "reason") && Accounts.saysWhen(each));
    return line
        || alerts.stream().anyMatch(row -> isTimed(row, place))
        || isHandedOn(place, crossing, alerts)
        || isAcknowledged(place, crossing, alerts);
  }

  private boolean isHandedOn(Place place, Crossing crossing, List<Row> alerts) {
    return alerts.stream().anyMatch(row -> row.isFailed(place))
        && (knowledge.knows(Place.FALLBACK, crossing)
            || alerts.stream().anyMatch(row -> isTimed(row, Place.FALLBACK)));
  }

  private boolean isAcknowledged(Place place, Crossing crossing, List<Row> alerts) {
    return covers(place, crossing).anyMatch(Quiet::isForGood)
        && alerts.stream().anyMatch(row -> row.saysWhy(place));
  }

  private String explanation(Crossing crossing) {
    Map<?, ?> answer = explain(crossing.timeline()).json();
    return list(answer.get("lines"))
        + list(answer.get("alerts")).stream()
            .map(alert -> Accounts.row(crossing.timeline().limit.name(), alert))
            .toList()
            .toString();
  }

  private static boolean isTimed(Row row, Place place) {
    return row.to(place)
        .anyMatch(
            each ->
                !"sent".equals(each.get("status"))
                    && (Accounts.saysWhen(each) || Accounts.saysWhen(row.all())));
  }

  /// At the end of a story, when everything is healed and time has gone by.
  List<Complaint> atTheEnd() {
    for (Timeline timeline : knowledge.timelines()) {
      for (int line : timeline.lines()) {
        timeline.crossings(line).stream().filter(Crossing::mustBeHeard).forEach(this::judge);
      }
    }
    judgeSums();
    return complaints;
  }

  private void judge(Crossing crossing) {
    List<Place> places = List.copyOf(crossing.timeline().limit.places());
    List<Place> untold =
        places.stream().filter(place -> !knowledge.knows(place, crossing)).toList();
    for (Place place : untold) {
      boolean nobody = untold.size() == places.size() && !knowledge.knows(Place.FALLBACK, crossing);
      verdict(place, crossing, nobody)
          .ifPresent(kind -> complain(kind, place, crossing, rowsOf(crossing).toString()));
    }
  }

  private Optional<Kind> verdict(Place place, Crossing crossing, boolean nobody) {
    List<Row> about = rowsOf(crossing);
    if (about.stream().anyMatch(row -> row.isFailed(place))) {
      return knowledge.knows(Place.FALLBACK, crossing)
          ? Optional.empty()
          : Optional.of(Kind.FALLBACK_NOT_TOLD);
    }
    boolean why =
        about.stream().anyMatch(row -> row.line() == crossing.line() && row.saysWhy(place));
    if (!why) {
      return Optional.of(nobody ? Kind.NOBODY_TOLD : Kind.CHANNEL_NOT_TOLD);
    }
    boolean wished =
        covers(place, crossing)
            .anyMatch(quiet -> quiet.isForGood() || crossing.timeline().hasEnded());
    return crossing.stands() && !wished ? Optional.of(Kind.EXPLAINED_AND_LOST) : Optional.empty();
  }

  private Stream<Quiet> covers(Place place, Crossing crossing) {
    return stage.quiets.stream().filter(quiet -> quiet.covers(place, crossing));
  }

  /// What the API shows of alerts of the line, or of higher ones, in that time.
  private List<Row> rowsOf(Crossing crossing) {
    Timeline timeline = crossing.timeline();
    return rows
        .computeIfAbsent(
            timeline.limit.name(), name -> Accounts.of(stage.stipend, name, stage.id(name)))
        .stream()
        .filter(row -> row.isOfLimit() && row.line() >= crossing.line())
        .filter(
            row ->
                row.subject().equals(timeline.subject)
                    && row.window().equals(timeline.window.start()))
        .filter(row -> !row.raised().isAfter(crossing.over()))
        .filter(row -> row.over().map(over -> !over.isBefore(crossing.since())).orElse(true))
        .toList();
  }

  private Answer explain(Timeline timeline) {
    String subject = timeline.limit.scopeId().equals("*") ? "?subject=" + timeline.subject : "";
    return explained.computeIfAbsent(
        timeline.limit.name() + subject,
        key -> {
          Answer answer =
              stage.stipend.api(
                  "GET",
                  "/api/budgets/" + stage.id(timeline.limit.name()) + "/explain" + subject,
                  "");
          Stage.require(answer.status() == 200, "explain: " + answer.body());
          return answer;
        });
  }

  private void judgeSums() {
    Instant now = stage.now();
    for (Timeline timeline : knowledge.timelines()) {
      if (timeline.window.contains(now)) {
        BigDecimal shown = new BigDecimal(explain(timeline).text("spend"));
        BigDecimal spend = timeline.states.getLast().spend();
        if (shown.compareTo(spend) != 0) {
          complaints.add(
              new Complaint(
                  Kind.WRONG_SUM,
                  timeline.key() + " shows " + shown + ", and should show " + spend));
        }
      }
    }
  }

  private void complain(Kind kind, Place place, Crossing crossing, String shown) {
    complaints.add(
        new Complaint(
            kind,
            crossing.circumstances(),
            "%s does not know of %s\n  %s\n  the API shows %s"
                .formatted(place, crossing, crossing.timeline(), shown)));
  }

  private static List<Map<?, ?>> list(@org.jspecify.annotations.Nullable Object value) {
    return ((List<?>) Objects.requireNonNullElse(value, List.of()))
        .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
  }

  private static BigDecimal number(@org.jspecify.annotations.Nullable Object value) {
    return new BigDecimal(String.valueOf(value));
  }
}
