package dev.stipend.oracle;

import dev.stipend.oracle.Complaint.Kind;
import dev.stipend.oracle.Moment.Care;
import dev.stipend.oracle.Moment.Edit;
import dev.stipend.oracle.Moment.Spent;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Plays a story on two processes of Stipend, and takes down what went in and what came out.
final class Stage {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  final Stipend stipend;
  final Book book = new Book();
  final Inbox inbox;
  final List<Quiet> quiets = new ArrayList<>();
  final List<Complaint> failures = new ArrayList<>();

  /// The numbers of moments at which processes died.
  final Set<Integer> crashes = new HashSet<>();

  private final Stipend other;
  private final Faults faults;
  private final Setup setup;
  private final Map<String, String> ids = new HashMap<>();
  private int events;

  /// Whether something was done since the last delivery that may have put a message on the queue.
  private boolean mayBeQueued = true;

  Stage(Stipend stipend, Stipend other) throws Exception {
    this.stipend = stipend;
    this.other = other;
    setClock(SettableClock.START);
    stipend.loseAlerts();
    stipend.database.clear();
    inbox = new Inbox();
    faults = new Faults(stipend.database);
    setup = new Setup(stipend);
    setup.channels();
  }

  Instant now() {
    return stipend.clock.instant();
  }

  String id(String budget) {
    return Objects.requireNonNull(ids.get(budget), budget);
  }

  void play(Step step) {
    setClock(now().plus(PAUSE));
    int before = book.moments().size();
    try {
      perform(step);
    } catch (RuntimeException failure) {
      failures.add(new Complaint(Kind.FAILED, now() + " " + step + ": " + root(failure)));
    }
    if (book.moments().size() == before) {
      book.note(now(), Care.UNSURE);
    }
    inbox.collect(book.now(), now());
  }

  private void perform(Step step) {
    mayBeQueued |=
        !(step instanceof Step.Pass
            || step instanceof Step.Approach
            || step instanceof Step.Sweep
            || step instanceof Step.Deliver);
    switch (step) {
      case Step.Spend spend -> spend(spend.user(), now().minus(spend.back()), spend);
      case Step.Belated late -> belated(late);
      case Step.Rush rush -> rush(rush);
      case Step.Pass pass -> setClock(now().plus(pass.time()));
      case Step.Approach approach -> approach(approach);
      case Step.Sweep sweep -> sweep();
      case Step.Deliver deliver -> deliver();
      case Step.LoseQueue lose -> stipend.loseAlerts();
      case Step.Make make -> make(make.limit());
      case Step.SetAmount set -> setAmount(set);
      case Step.SetLines set -> setLines(set);
      case Step.SilenceBudget silence ->
          silence(Optional.of(silence.budget()), Optional.empty(), silence.time());
      case Step.SilencePlace silence ->
          silence(Optional.empty(), Optional.of(silence.place()), silence.time());
      case Step.Acknowledge answer -> answer(answer.back(), Optional.empty());
      case Step.Snooze answer -> answer(answer.back(), Optional.of(answer.time()));
      case Step.Answer answer -> inbox.answer(answer.place(), answer.status());
      case Step.Crash crash -> crash(crash);
      case Step.Poison poison -> setup.poison();
    }
  }

  /// Heals everything, and lets time go by until nothing is left to do.
  void settle() {
    inbox.answer(Place.HOOK, 200);
    inbox.answer(Place.SLACK, 200);
    List<Duration> rounds = new ArrayList<>(List.of(Duration.ofMinutes(2), Duration.ofMinutes(5)));
    rounds.addAll(Collections.nCopies(4, Duration.ofMinutes(15)));
    rounds.addAll(Collections.nCopies(5, Duration.ofMinutes(80)));
    for (Duration round : rounds) {
      play(new Step.Pass(round));
      play(new Step.Sweep());
      play(new Step.Deliver());
    }
  }

  private void sweep() {
    Map<String, Object> report = process().sweep();
    mayBeQueued |= report.values().stream().anyMatch(count -> !Integer.valueOf(0).equals(count));
    book.note(now(), Care.SWEEP);
  }

  /// Asking an empty queue costs time.
  private void deliver() {
    if (mayBeQueued) {
      process().deliverAlerts();
      mayBeQueued = false;
    }
  }

  private void spend(String user, Instant at, Step.Spend spend) {
    events++;
    String event = Setup.event("e" + events, user, spend.cost(), at);
    if (spend.http()) {
      Answer answer = process().api("POST", "/api/usage", "{\"events\":[" + event + "]}");
      require(answer.status() == 200 && answer.body().contains("\"rejected\":[]"), answer.body());
    } else {
      require(process().recordFor("default", event).isEmpty(), "not recorded: " + event);
    }
    book.note(now(), Care.PROMPT, List.of(new Spent(user, spend.cost(), at)));
  }

  private void belated(Step.Belated late) {
    if (book.knows(late.budget())) {
      Instant at = Window.of(book.limit(late.budget()), now()).start().minusSeconds(2);
      if (!at.isBefore(SettableClock.START) && at.isAfter(now().minus(Duration.ofDays(30)))) {
        spend(late.user(), at, new Step.Spend(late.user(), late.cost(), Duration.ZERO, false));
      }
    }
  }

  private void rush(Step.Rush rush) {
    List<String> bodies = new ArrayList<>();
    List<Spent> spent = new ArrayList<>();
    for (Step.Spend each : rush.all()) {
      events++;
      bodies.add(Setup.event("e" + events, each.user(), each.cost(), now()));
      spent.add(new Spent(each.user(), each.cost(), now()));
    }
    try {
      faults.rush(stipend, other, bodies);
    } finally {
      book.note(now(), Care.UNSURE, spent);
      crashes.add(book.now());
    }
  }

  private void approach(Step.Approach approach) {
    if (book.knows(approach.budget())) {
      Instant end = Window.of(book.limit(approach.budget()), now()).end();
      if (!end.equals(Instant.MAX) && end.minus(approach.before()).isAfter(now())) {
        setClock(end.minus(approach.before()));
      }
    }
  }

  private void make(Limit limit) {
    ids.put(limit.name(), setup.make(limit));
    book.note(now(), Care.PROMPT, new Edit(limit, true, limit.amount(), limit.lines()));
  }

  private void setAmount(Step.SetAmount set) {
    if (book.knows(set.budget())) {
      Edit before = book.terms(set.budget());
      patch(set.budget(), "{\"limitAmount\":\"" + set.amount() + "\"}");
      book.note(now(), Care.PROMPT, new Edit(before.limit(), false, set.amount(), before.lines()));
    }
  }

  private void setLines(Step.SetLines set) {
    if (book.knows(set.budget())) {
      Edit before = book.terms(set.budget());
      patch(set.budget(), "{\"alertAt\":" + set.lines() + "}");
      book.note(now(), Care.PROMPT, new Edit(before.limit(), false, before.amount(), set.lines()));
    }
  }

  private void patch(String budget, String body) {
    Answer answer = process().api("PATCH", "/api/budgets/" + id(budget), body);
    require(answer.status() == 200, answer.body());
  }

  private void silence(Optional<String> budget, Optional<Place> place, Duration time) {
    if (budget.map(book::knows).orElse(true)) {
      Instant until = now().plus(time);
      setup.silence(budget.map(this::id), place, until);
      quiets.add(new Quiet(budget, place, Optional.empty(), now(), until));
    }
  }

  private void answer(int back, Optional<Duration> snooze) {
    List<Heard> told =
        inbox.heard().reversed().stream()
            .filter(heard -> heard.place() == Place.HOOK && heard.kind() == Heard.Kind.RAISED)
            .toList();
    if (back < told.size()) {
      Heard message = told.get(back);
      Instant until = snooze.map(now()::plus).orElse(Instant.MAX);
      if (setup.answer(message.alert().orElseThrow(), snooze.map(time -> until))) {
        quiets.removeIf(quiet -> quiet.answered().equals(Optional.of(message)));
        quiets.add(
            new Quiet(
                Optional.of(message.budget()),
                Optional.empty(),
                Optional.of(message),
                now(),
                until));
      }
    }
  }

  private void crash(Step.Crash crash) {
    faults.arm(crash.point());
    try {
      switch (crash.during()) {
        case Step.Spend spend -> spendThrough(spend);
        case Step.Sweep sweep -> faults.survive(() -> process().sweep());
        case Step.Deliver deliver -> faults.survive(() -> process().deliverAlerts());
        default -> throw new IllegalArgumentException(crash.toString());
      }
    } finally {
      faults.disarm();
    }
    if (!(crash.during() instanceof Step.Spend)) {
      book.note(now(), Care.UNSURE);
    }
    crashes.add(book.now());
  }

  /// What is not recorded comes again, as from the queue.
  private void spendThrough(Step.Spend spend) {
    events++;
    Instant at = now().minus(spend.back());
    String event = Setup.event("e" + events, spend.user(), spend.cost(), at);
    if (!faults.survive(
        () -> require(process().recordFor("default", event).isEmpty(), "not recorded"))) {
      faults.disarm();
      require(process().recordFor("default", event).isEmpty(), "not recorded: " + event);
    }
    book.note(now(), Care.UNSURE, List.of(new Spent(spend.user(), spend.cost(), at)));
  }

  /// One of the two, in turn.
  private Stipend process() {
    return book.moments().size() % 3 == 2 ? other : stipend;
  }

  private void setClock(Instant at) {
    stipend.clock.set(at);
    other.clock.set(at);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static String root(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .reduce((first, last) -> last)
        .map(Throwable::toString)
        .orElse("");
  }
}
