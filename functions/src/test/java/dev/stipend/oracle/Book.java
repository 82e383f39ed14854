package dev.stipend.oracle;

import dev.stipend.oracle.Moment.Care;
import dev.stipend.oracle.Moment.Edit;
import dev.stipend.oracle.Moment.Spent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Everything that was put in, in order, and what it comes to.
final class Book {
  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, Limit> limits = new LinkedHashMap<>();

  /// The number of the present moment.
  int now() {
    return moments.size() - 1;
  }

  List<Moment> moments() {
    return moments;
  }

  List<Limit> limits() {
    return List.copyOf(limits.values());
  }

  Limit limit(String name) {
    return Objects.requireNonNull(limits.get(name), name);
  }

  boolean knows(String name) {
    return limits.containsKey(name);
  }

  void note(Instant at, Care care) {
    note(at, care, List.of());
  }

  void note(Instant at, Care care, List<Spent> spent) {
    moments.add(new Moment(moments.size(), at, care, spent, Optional.empty()));
  }

  void note(Instant at, Care care, Edit edit) {
    limits.put(edit.limit().name(), edit.limit());
    moments.add(new Moment(moments.size(), at, care, List.of(), Optional.of(edit)));
  }

  /// The last terms of a budget.
  Edit terms(String name) {
    return moments.stream()
        .flatMap(moment -> moment.edit().stream())
        .filter(edit -> edit.limit().name().equals(name))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /// The history of every counter in which something was ever spent.
  List<Timeline> timelines() {
    List<Timeline> all = new ArrayList<>();
    for (Limit limit : limits()) {
      Map<String, Map<Instant, Window>> windows = new TreeMap<>();
      for (Moment moment : moments) {
        for (Spent spent : moment.spent()) {
          String subject = limit.subject(spent.user());
          Window window = Window.of(limit, spent.at());
          if (!subject.isEmpty() && window.contains(spent.at())) {
            windows.computeIfAbsent(subject, key -> new TreeMap<>()).put(window.start(), window);
          }
        }
      }
      Instant made = made(limit);
      windows.forEach(
          (subject, ofSubject) ->
              ofSubject.values().stream()
                  .filter(window -> window.end().isAfter(made))
                  .forEach(window -> all.add(new Timeline(this, limit, subject, window))));
    }
    return all;
  }

  private Instant made(Limit limit) {
    return moments.stream()
        .filter(
            moment ->
                moment
                    .edit()
                    .filter(edit -> edit.made() && edit.limit().name().equals(limit.name()))
                    .isPresent())
        .map(Moment::at)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  static BigDecimal sum(Moment moment, Limit limit, String subject, Window window) {
    return moment.spent().stream()
        .filter(spent -> limit.subject(spent.user()).equals(subject) && window.contains(spent.at()))
        .map(Spent::cost)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
