package dev.stipend.concurrency;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What people must be told, by the rules of the domain read one after the other. It knows nothing
/// of transactions, queues or crashes: it is asked when everything is settled.
final class AlertModel {
  private static final int MOST_OPENINGS = 3;

  private record Silence(SpendLimit budget, Instant until) {}

  private final List<SpendLimit> budgets;
  private final Map<String, ModelCounter> counters = new LinkedHashMap<>();
  private final List<Silence> silences = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  AlertModel(List<SpendLimit> budgets) {
    this.budgets = budgets;
  }

  /// Something was spent, and evaluated by itself.
  void spend(String user, BigDecimal cost, Instant at, Instant now) {
    for (ModelCounter counter : countersOf(user, at)) {
      BigDecimal before = counter.spend;
      counter.add(cost);
      boolean crosses =
          counter.budget.lines.stream()
              .anyMatch(line -> counter.meets(line, before) != counter.meets(line, counter.spend));
      if (crosses && (counter.closedSpend != null || now.isBefore(counter.end))) {
        evaluate(counter, now, line -> true);
      }
    }
  }

  /// Much was spent at once, and evaluated in any order: of the lines that were crossed, those
  /// below the highest may have been told before it, or not.
  void spendAtOnce(Map<String, BigDecimal> byUser, Instant now, Predicate<ModelAlert> wasTold) {
    List<ModelCounter> touched = new ArrayList<>();
    byUser.forEach(
        (user, cost) -> {
          for (ModelCounter counter : countersOf(user, now)) {
            counter.add(cost);
            if (!touched.contains(counter)) {
              touched.add(counter);
            }
          }
        });
    touched.forEach(counter -> evaluate(counter, now, wasTold.negate()));
  }

  /// A budget has other terms.
  void edited(SpendLimit budget, Instant now) {
    counters.values().stream()
        .filter(counter -> counter.budget == budget && counter.closedSpend == null)
        .forEach(counter -> evaluate(counter, now, line -> true));
  }

  void silence(SpendLimit budget, Instant until) {
    silences.add(new Silence(budget, until));
  }

  void acknowledge(ModelAlert alert) {
    alert.acknowledged = true;
  }

  void snooze(ModelAlert alert, Instant until) {
    alert.snoozedUntil = until;
  }

  /// What the sweep finds: periods that are over, and times of silence that are.
  void sweep(Instant now) {
    for (ModelCounter counter : List.copyOf(counters.values())) {
      if (counter.closedSpend == null && !now.isBefore(counter.end)) {
        counter.close();
        if (counter.isUsed) {
          // Whoever spent before is watched now: what comes late into this period is told as such.
          counter(counter.budget, counter.subject, now);
        }
      }
    }
    for (ModelCounter counter : counters.values()) {
      counter.alerts.stream().filter(alert -> alert.isDue(now)).forEach(due -> remind(due, now));
    }
  }

  /// Every alert there ever was.
  List<String> alerts() {
    return all().stream().map(alert -> alert.key() + "|" + alert.state).toList();
  }

  /// Every message, as often as it was sent.
  List<String> told() {
    return told;
  }

  /// The open alerts that are kept silent.
  List<String> silent() {
    return all().stream()
        .filter(alert -> alert.isOpen() && alert.silentUntil != null)
        .map(ModelAlert::key)
        .toList();
  }

  /// The alerts that people may say something about.
  List<ModelAlert> answerable() {
    return all().stream()
        .filter(alert -> alert.state.equals("open") && alert.silentUntil == null)
        .filter(alert -> !alert.acknowledged && alert.snoozedUntil == null)
        .toList();
  }

  private List<ModelAlert> all() {
    return counters.values().stream().flatMap(counter -> counter.alerts.stream()).toList();
  }

  private List<ModelCounter> countersOf(String user, Instant at) {
    List<ModelCounter> found = new ArrayList<>();
    for (SpendLimit budget : budgets) {
      budget.subjectOf(user).ifPresent(subject -> found.add(counter(budget, subject, at)));
    }
    return found;
  }

  private ModelCounter counter(SpendLimit budget, String subject, Instant at) {
    Instant start = budget.start(at);
    String key = budget.name + "|" + subject + "|" + start.getEpochSecond();
    return counters.computeIfAbsent(
        key, first -> new ModelCounter(key, budget, subject, budget.end(start)));
  }

  /// @param superseded whether a line that is not the highest was told of by the higher one
  private void evaluate(ModelCounter counter, Instant now, Predicate<ModelAlert> superseded) {
    boolean closed = counter.closedSpend != null;
    if (!closed) {
      counter.alerts.stream()
          .filter(alert -> alert.isOpen() && !counter.budget.lines.contains(alert.percent))
          .forEach(alert -> resolve(alert, now));
    }
    List<Integer> lines =
        counter.budget.lines.stream().filter(line -> !counter.metWhenClosed(line)).toList();
    for (int line : lines) {
      if (!counter.meets(line, counter.spend)) {
        counter.open(line, closed).ifPresent(alert -> resolve(alert, now));
      }
    }
    List<Integer> met = lines.stream().filter(line -> counter.meets(line, counter.spend)).toList();
    List<Integer> old =
        met.stream().filter(line -> counter.open(line, closed).isPresent()).toList();
    List<Integer> fresh =
        met.stream()
            .filter(line -> counter.open(line, closed).isEmpty())
            .filter(line -> counter.openings(line, closed) < MOST_OPENINGS)
            .toList();
    for (int line : fresh) {
      ModelAlert alert = counter.add(line, closed, now);
      boolean isBelowOld = old.stream().anyMatch(other -> other > line);
      boolean isBelowFresh = fresh.stream().anyMatch(other -> other > line);
      if (isBelowOld || (isBelowFresh && superseded.test(alert))) {
        alert.state = "superseded";
      }
    }
    for (ModelAlert alert : counter.alerts) {
      boolean isUncovered =
          alert.state.equals("superseded")
              && alert.restated == closed
              && counter.alerts.stream()
                  .noneMatch(other -> other.isCurrent() && other.isAbove(alert));
      if (alert.state.equals("new") || isUncovered) {
        alert.state = "open";
        raise(alert, isUncovered && alert.isOldNews(), now);
      }
    }
  }

  private void raise(ModelAlert alert, boolean isOldNews, Instant now) {
    alert.silentUntil =
        hushedUntil(alert, now).or(() -> silentUntil(alert, isOldNews, now)).orElse(null);
    alert.speaks = !isOldNews;
    if (alert.silentUntil == null) {
      tell(alert);
    }
  }

  private void tell(ModelAlert alert) {
    alert.wasTold = true;
    told.add(alert.key() + "|raised");
  }

  private void resolve(ModelAlert alert, Instant now) {
    boolean isNews = alert.state.equals("open") && alert.wasTold;
    alert.state = "resolved";
    alert.resolvedAt = now;
    // What it spoke for, or what people knew by it, may be told now.
    alert.counter.alerts.stream()
        .filter(other -> other.isOpen() && other.silentUntil != null)
        .forEach(other -> other.silentUntil = Instant.MIN);
    if (isNews && silencedUntil(alert, now).isEmpty()) {
      told.add(alert.key() + "|recovered");
    } else {
      alert.endIsUnknown = true;
    }
  }

  private void remind(ModelAlert alert, Instant now) {
    boolean wasSnoozed = alert.snoozedUntil != null && !alert.snoozedUntil.isAfter(now);
    if (wasSnoozed) {
      alert.snoozedUntil = null;
    }
    Optional<Instant> hush = hushedUntil(alert, now);
    boolean isSpokenFor =
        alert.counter.alerts.stream()
            .anyMatch(other -> other.isOpen() && other.speaks && other.isAbove(alert));
    if (hush.isPresent() || isSpokenFor) {
      alert.silentUntil = alert.silentUntil == null ? null : hush.orElse(Instant.MAX);
      return;
    }
    boolean isOldNews = !wasSnoozed && !alert.wasTold && alert.isOldNews();
    alert.silentUntil = silentUntil(alert, isOldNews, now).orElse(null);
    alert.speaks |= !isOldNews;
    if (alert.silentUntil == null) {
      tell(alert);
    }
  }

  private Optional<Instant> silentUntil(ModelAlert alert, boolean isOldNews, Instant now) {
    return silencedUntil(alert, now)
        .or(() -> isOldNews ? Optional.of(Instant.MAX) : Optional.empty());
  }

  private static Optional<Instant> hushedUntil(ModelAlert alert, Instant now) {
    return alert.counter.alerts.stream()
        .filter(other -> other.isOpen() && other.restated == alert.restated)
        .filter(other -> other.isCritical() || !alert.isCritical())
        .flatMap(other -> other.quietUntil().stream())
        .filter(until -> until.isAfter(now))
        .max(Instant::compareTo);
  }

  private Optional<Instant> silencedUntil(ModelAlert alert, Instant now) {
    return silences.stream()
        .filter(silence -> silence.budget == alert.counter.budget && silence.until.isAfter(now))
        .map(Silence::until)
        .max(Instant::compareTo);
  }
}
