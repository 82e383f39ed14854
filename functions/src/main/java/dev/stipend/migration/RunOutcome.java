package dev.stipend.migration;

/// What a run came to. Scripts go by the exit code.
public enum RunOutcome {
  UP_TO_DATE("up-to-date", 0),
  MIGRATED("migrated", 0),
  /// The schema is newer than this build: nothing was touched.
  NEWER("newer", 0),
  DONE("done", 0),
  FAILED("failed", 1),
  /// What was asked for does not exist, or does not make sense.
  USAGE("usage-error", 2),
  /// A guard says no.
  REFUSED("refused", 3),
  PENDING("pending", 10),
  /// A migration failed, now or in the history.
  MIGRATION_FAILED("migration-failed", 11),
  /// History and files do not belong together.
  DIVERGED("diverged", 12),
  /// The schema was changed by something else than migrations.
  DRIFTED("drifted", 13),
  /// All migrations are in, and yet something is not as it must be.
  UNVERIFIED("applied-verification-failed", 14),
  /// Time ran out between two migrations; the next run goes on.
  STOPPED_IN_TIME("stopped-in-time", 15),
  LINT("lint", 16),
  /// Something around the migrations is not ready; the problem's kind has the exit code.
  PREREQUISITE("prerequisite", 20);

  private final String word;
  private final int exitCode;

  RunOutcome(String word, int exitCode) {
    this.word = word;
    this.exitCode = exitCode;
  }

  /// As it is written in JSON.
  public String word() {
    return word;
  }

  public int exitCode() {
    return exitCode;
  }
}
