package dev.stipend.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was put in at one moment of a story.
///
/// @param care how surely it was looked at
/// @param spent what was recorded
/// @param edit what became of a budget
record Moment(int number, Instant at, Care care, List<Spent> spent, Optional<Edit> edit) {
  enum Care {
    /// What changes is looked at at once.
    PROMPT,
    /// Processes die or race: only the next sweep is sure to look.
    UNSURE,
    /// A sweep, which looks at everything.
    SWEEP
  }

  /// Money that was spent or came back.
  record Spent(String user, BigDecimal cost, Instant at) {}

  /// What a budget is from now on.
  ///
  /// @param made whether it is new
  record Edit(Limit limit, boolean made, BigDecimal amount, List<Integer> lines) {}
}
