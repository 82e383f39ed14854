package dev.stipend.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Something that happens in a story. It says all there is to know, so that a story can be told
/// again without some of its steps.
sealed interface Step {
  /// Somebody spends, or gets money back.
  ///
  /// @param back how long ago it occurred
  /// @param http whether it is told to the API rather than to the queue
  record Spend(String user, BigDecimal cost, Duration back, boolean http) implements Step {
    @Override
    public String toString() {
      return "%s spends %s %s ago%s".formatted(user, cost, text(back), http ? " (HTTP)" : "");
    }
  }

  /// Somebody spent shortly before the present period of a budget began.
  record Belated(String user, BigDecimal cost, String budget) implements Step {
    @Override
    public String toString() {
      return "%s spent %s before this period of %s".formatted(user, cost, budget);
    }
  }

  /// Many spend at once, in two processes, which sweep and deliver at the same time and lose
  /// connections.
  record Rush(List<Spend> all) implements Step {
    @Override
    public String toString() {
      return all.stream()
          .map(each -> each.user + " " + each.cost)
          .collect(Collectors.joining(", ", "at once: ", ""));
    }
  }

  /// Time goes by, and no sweep is made.
  record Pass(Duration time) implements Step {
    @Override
    public String toString() {
      return text(time) + " go by";
    }
  }

  /// Time goes by until shortly before the present period of a budget ends.
  record Approach(String budget, Duration before) implements Step {
    @Override
    public String toString() {
      return "time goes by until %s before the end of %s".formatted(text(before), budget);
    }
  }

  record Sweep() implements Step {
    @Override
    public String toString() {
      return "sweep";
    }
  }

  record Deliver() implements Step {
    @Override
    public String toString() {
      return "deliver";
    }
  }

  /// What is on the alerts queue is lost.
  record LoseQueue() implements Step {
    @Override
    public String toString() {
      return "the queue loses all messages";
    }
  }

  record Make(Limit limit) implements Step {
    @Override
    public String toString() {
      return "made: " + limit;
    }
  }

  record SetAmount(String budget, BigDecimal amount) implements Step {
    @Override
    public String toString() {
      return "limit of %s is now %s".formatted(budget, amount);
    }
  }

  record SetLines(String budget, List<Integer> lines) implements Step {
    @Override
    public String toString() {
      return "lines of %s are now %s".formatted(budget, lines);
    }
  }

  record SilenceBudget(String budget, Duration time) implements Step {
    @Override
    public String toString() {
      return "%s is silenced for %s".formatted(budget, text(time));
    }
  }

  record SilencePlace(Place place, Duration time) implements Step {
    @Override
    public String toString() {
      return "%s is silenced for %s".formatted(place, text(time));
    }
  }

  /// Somebody answers the last message but so many.
  record Acknowledge(int back) implements Step {
    @Override
    public String toString() {
      return "the last message but %d is acknowledged".formatted(back);
    }
  }

  record Snooze(int back, Duration time) implements Step {
    @Override
    public String toString() {
      return "the last message but %d is snoozed for %s".formatted(back, text(time));
    }
  }

  /// A channel answers otherwise from now on; 200 heals it.
  record Answer(Place place, int status) implements Step {
    @Override
    public String toString() {
      return "%s answers %d from now on".formatted(place, status);
    }
  }

  /// Something during which the process dies at a point.
  record Crash(Point point, Step during) implements Step {
    @Override
    public String toString() {
      return "%s, crashing at %s".formatted(during, point);
    }
  }

  /// A row of another tenant gets a time zone that nobody knows.
  record Poison() implements Step {
    @Override
    public String toString() {
      return "a neighbour's budget gets an unknown time zone";
    }
  }

  /// Where a process dies.
  enum Point {
    /// When it writes an alert.
    ALERT,
    /// When it takes a message to send.
    CLAIM,
    /// After it sent a message, before it marks it.
    SENT
  }

  private static String text(Duration time) {
    return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
