package dev.stipend.alert;

import dev.stipend.money.Money;
import java.util.Optional;

/// How a counter stands to one line of its budget, for people who ask why they were told or not.
///
/// @param line the line
/// @param met whether its condition is true
/// @param figures what is compared with what
/// @param missing the least spend that would meet it; absent where it is met, or where no amount
///     would
/// @param openings how often its alert has opened in this period
/// @param outcome what follows
public record LineStanding(
    AlertLine line,
    boolean met,
    String figures,
    Optional<Money> missing,
    long openings,
    Outcome outcome) {
  /// Why there is an alert, or none.
  public enum Outcome {
    NOT_MET("the line is not met, so there is nothing to tell"),
    OPEN("the line is met, and its alert is open"),
    SUPERSEDED("the line is met, and the alert of a higher line speaks for it"),
    INHIBITED("the line is met, and its alert is kept back while a budget above refuses all work"),
    DUE("the next evaluation changes its alert"),
    OPENED_TOO_OFTEN(
        "the line is met, but its alert has opened %d times in this period, which is the most"
            .formatted(Evaluation.MOST_OPENINGS)),
    PAUSED("the budget is paused, so its alerts stay as they are"),
    ARCHIVED("the budget is archived, so nothing is told");

    private final String reason;

    Outcome(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
