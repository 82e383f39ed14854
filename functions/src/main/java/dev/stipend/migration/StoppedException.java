package dev.stipend.migration;

import dev.stipend.migration.check.Problem;
import java.util.Optional;

/// A run ends here; the report says how. Only within the engine.
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient Optional<Problem> problem;

  public StoppedException(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
    this.problem = Optional.empty();
  }

  public StoppedException(Problem problem) {
    super(problem.sentence());
    this.outcome = problem.kind() == Problem.Kind.BOUNDARY ? Outcome.REFUSED : Outcome.PREREQUISITE;
    this.problem = Optional.of(problem);
  }

  public Outcome outcome() {
    return outcome;
  }

  public Optional<Problem> problem() {
    return problem;
  }
}
