package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    this(problem, problem.sentence());
  }

  private StoppedException(MigrationProblem problem, String message) {
    super(message);
    this.outcome =
        problem.kind() == MigrationProblem.Kind.BOUNDARY
            ? RunOutcome.REFUSED
            : RunOutcome.PREREQUISITE;
    this.problem = Optional.of(problem);
  }

  /// Several problems of a kind, all of which are said.
  ///
  /// @param problems at least one
  public static StoppedException of(List<MigrationProblem> problems) {
    return new StoppedException(
        problems.getFirst(),
        problems.stream().map(MigrationProblem::sentence).collect(Collectors.joining(" ")));
  }

  public RunOutcome outcome() {
    return outcome;
  }

  public Optional<MigrationProblem> problem() {
    return problem;
  }
}
