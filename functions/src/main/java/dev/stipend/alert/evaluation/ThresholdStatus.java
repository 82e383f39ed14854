package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.Reason;
import java.time.Instant;
import java.util.Optional;

/// How a counter stands to one threshold of its budget, for people who ask why they were notified
/// or not.
///
/// @param line the threshold
/// @param met whether its condition is true
/// @param figures what is compared with what
/// @param missing the least spend that would meet it; absent where it is met, or where no amount
///     would
/// @param openings how often its alert has opened in this period
/// @param outcome what follows
/// @param nextLookAt when it is looked at again, where an alert is held back
public record ThresholdStatus(
    AlertThreshold line,
    boolean met,
    Reason figures,
    Optional<Money> missing,
    long openings,
    Outcome outcome,
    Optional<Instant> nextLookAt) {
  /// Why there is an alert, or none.
  public enum Outcome {
    NOT_MET("threshold not reached"),
    OPEN("threshold reached; its alert is open"),
    HELD_BACK(
        "threshold reached; its alert is open and held back, because it opened %d times within an hour"
            .formatted(FlapGuard.MOST_OPENINGS)),
    DUE("the next evaluation changes its alert"),
    PAUSED("the budget is paused, so its alerts stay as they are"),
    ARCHIVED("the budget is archived, so nobody is notified");

    private final String reason;

    Outcome(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
