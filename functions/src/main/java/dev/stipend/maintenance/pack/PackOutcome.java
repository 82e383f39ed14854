package dev.stipend.maintenance.pack;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.check.MigrationProblem;

/// What a run came to. Scripts go by the exit code; the codes are those of migrations.
public enum PackOutcome {
  DONE("done", RunOutcome.DONE.exitCode()),
  /// There was nothing to do.
  NOTHING("nothing-to-do", RunOutcome.DONE.exitCode()),
  /// Something could not be done; everything else was.
  FAILED("failed", RunOutcome.FAILED.exitCode()),
  /// Rows of a file were rejected; all others were imported.
  REJECTED("rejected", RunOutcome.FAILED.exitCode()),
  /// Nothing was done, and will not be until something else is.
  REFUSED("refused", RunOutcome.REFUSED.exitCode()),
  /// Time ran out; the next run goes on.
  UNFINISHED(RunOutcome.STOPPED_IN_TIME.word(), RunOutcome.STOPPED_IN_TIME.exitCode()),
  /// Somebody else is at it.
  BUSY("busy", MigrationProblem.Kind.LOCKED.exitCode());

  private final String word;
  private final int exitCode;

  PackOutcome(String word, int exitCode) {
    this.word = word;
    this.exitCode = exitCode;
  }

  public String word() {
    return word;
  }

  public int exitCode() {
    return exitCode;
  }
}
