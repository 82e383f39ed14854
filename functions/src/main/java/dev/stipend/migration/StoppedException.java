package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import java.util.Optional;

/// A run ends here; the report says how. Only within the engine.
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RunOutcome outcome;
  private final transient Optional<MigrationProblem> problem;

  public StoppedException(RunOutcome outcome, String message) {
    super(message);
    this.outcome = outcome;
    this.problem = Optional.empty();
  }

  public StoppedException(MigrationProblem problem) {
    super(problem.sentence());
    this.outcome =
        problem.kind() == MigrationProblem.Kind.BOUNDARY
            ? RunOutcome.REFUSED
            : RunOutcome.PREREQUISITE;
    this.problem = Optional.of(problem);
  }

  public RunOutcome outcome() {
    return outcome;
  }

  public Optional<MigrationProblem> problem() {
    return problem;
  }
}
