package dev.stipend.migrate;

import java.util.Optional;

/// A run ends here; the report says how. Only within the engine.
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final transient Optional<Problem> problem;

  StoppedException(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
    this.problem = Optional.empty();
  }

  StoppedException(Problem problem) {
    super(problem.sentence());
    this.outcome = problem.kind() == Problem.Kind.BOUNDARY ? Outcome.REFUSED : Outcome.PREREQUISITE;
    this.problem = Optional.of(problem);
  }

  Outcome outcome() {
    return outcome;
  }

  Optional<Problem> problem() {
    return problem;
  }
}
