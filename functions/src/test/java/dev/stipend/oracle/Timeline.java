package dev.stipend.oracle;

import dev.stipend.oracle.Moment.Care;
import dev.stipend.oracle.Moment.Edit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How one counter went: its spend, limit and lines at each moment since its budget was made.
final class Timeline {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  final Limit limit;
  final String subject;
  final Window window;
  final List<State> states = new ArrayList<>();

  /// A counter after a moment.
  ///
  /// @param least the least spend that anybody can have seen at this moment
  /// @param amount the limit; of a period that has ended, the one at its end
  /// @param lines as well
  /// @param amountNow the budget's limit now
  /// @param linesNow as well
  /// @param sure whether an evaluation has seen it
  record State(
      Moment moment,
      BigDecimal spend,
      BigDecimal least,
      BigDecimal amount,
      Set<Integer> lines,
      BigDecimal amountNow,
      Set<Integer> linesNow,
      boolean sure,
      boolean ended) {
    boolean reaches(int line) {
      return reaches(spend, line, amount);
    }

    /// Whether people must hear of the line, if it stays so.
    boolean counts(int line) {
      return reaches(line)
          && sure
          && lines.contains(line)
          && linesNow.contains(line)
          && reaches(spend, line, amountNow);
    }

    private static boolean reaches(BigDecimal spend, int line, BigDecimal amount) {
      return spend.multiply(HUNDRED).compareTo(amount.multiply(BigDecimal.valueOf(line))) >= 0;
    }

    /// Whether these figures may have been read at this moment.
    boolean shows(BigDecimal percent, BigDecimal limit) {
      return amount.compareTo(limit) == 0
          && percent(least).compareTo(percent) <= 0
          && percent.compareTo(percent(spend)) <= 0;
    }

    private BigDecimal percent(BigDecimal of) {
      return of.multiply(HUNDRED).divide(amount, 1, RoundingMode.FLOOR);
    }
  }

  Timeline(Book book, Limit limit, String subject, Window window) {
    this.limit = limit;
    this.subject = subject;
    this.window = window;
    BigDecimal spend = BigDecimal.ZERO;
    BigDecimal amountNow = BigDecimal.ZERO;
    Set<Integer> linesNow = new TreeSet<>();
    BigDecimal amount = BigDecimal.ZERO;
    Set<Integer> lines = Set.of();
    boolean made = false;
    boolean sure = true;
    for (Moment moment : book.moments()) {
      BigDecimal before = spend;
      BigDecimal added = Book.sum(moment, limit, subject, window);
      boolean counted = counts(moment, limit, subject, window);
      boolean ended = window.hasEnded(moment.at());
      spend = spend.add(added);
      Edit edit =
          moment.edit().filter(each -> each.limit().name().equals(limit.name())).orElse(null);
      if (edit != null) {
        made = true;
        amountNow = edit.amount();
        linesNow = limit.promised(edit.lines());
      }
      if (!ended) {
        amount = amountNow;
        lines = linesNow;
      }
      if (counted || edit != null) {
        sure = moment.care() == Care.PROMPT && !ended && (edit == null || !edit.made());
      }
      sure |= moment.care() == Care.SWEEP;
      if (made && amount.signum() > 0) {
        states.add(
            new State(
                moment, spend, before.min(spend), amount, lines, amountNow, linesNow, sure, ended));
      }
    }
  }

  private static boolean counts(Moment moment, Limit limit, String subject, Window window) {
    return moment.spent().stream()
        .anyMatch(
            spent -> limit.subject(spent.user()).equals(subject) && window.contains(spent.at()));
  }

  /// Every line that there ever was.
  Set<Integer> lines() {
    Set<Integer> all = new TreeSet<>();
    states.forEach(state -> all.addAll(state.lines()));
    return all;
  }

  /// The stretches in which a line was reached without a break.
  List<Crossing> crossings(int line) {
    List<Crossing> all = new ArrayList<>();
    int from = -1;
    for (int i = 0; i <= states.size(); i++) {
      boolean reached = i < states.size() && states.get(i).reaches(line);
      if (reached && from < 0) {
        from = i;
      } else if (!reached && from >= 0) {
        all.add(new Crossing(this, line, from, i));
        from = -1;
      }
    }
    return all;
  }

  /// How often a line may have opened in the period: it was reached, or became a line that is.
  int openings(int line) {
    int openings = 0;
    boolean before = false;
    for (State state : states) {
      boolean open = !state.ended() && state.reaches(line) && state.lines().contains(line);
      openings += open && !before ? 1 : 0;
      before = open;
    }
    return openings;
  }

  /// How often it came to such figures until then.
  int visits(BigDecimal percent, BigDecimal amount, int until) {
    int visits = 0;
    boolean before = false;
    for (State state : states) {
      boolean shows = state.moment().number() <= until && state.shows(percent, amount);
      visits += shows && !before ? 1 : 0;
      before = shows;
    }
    return visits;
  }

  /// Whether such figures may have been read until then.
  boolean showed(BigDecimal percent, BigDecimal amount, int until) {
    return states.stream()
        .filter(state -> state.moment().number() <= until)
        .anyMatch(state -> state.shows(percent, amount));
  }

  /// How it was after a moment.
  State at(int moment) {
    return states.stream()
        .filter(state -> state.moment().number() <= moment)
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  boolean hasEnded() {
    return states.getLast().ended();
  }

  String key() {
    return "%s of %s from %s".formatted(limit.name(), subject, window.start());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(key());
    State before = null;
    for (State state : states) {
      if (before == null
          || before.spend().compareTo(state.spend()) != 0
          || before.amount().compareTo(state.amount()) != 0
          || !before.lines().equals(state.lines())
          || before.ended() != state.ended()) {
        text.append(
            "\n    %3d %s %s of %s, lines %s%s%s"
                .formatted(
                    state.moment().number(),
                    state.moment().at(),
                    state.spend(),
                    state.amount(),
                    state.lines(),
                    state.sure() ? "" : ", not looked at for sure",
                    state.ended() ? ", ended" : ""));
      }
      before = state;
    }
    return text.toString();
  }
}
