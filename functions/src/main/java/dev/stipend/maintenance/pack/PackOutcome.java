package dev.stipend.maintenance.pack;

/// What a run came to. Scripts go by the exit code; the codes are those of migrations.
public enum PackOutcome {
  DONE("done", 0),
  /// There was nothing to do.
  NOTHING("nothing-to-do", 0),
  /// Something could not be done; everything else was.
  FAILED("failed", 1),
  /// Rows of a file were rejected; all others were imported.
  REJECTED("rejected", 1),
  /// Nothing was done, and will not be until something else is.
  REFUSED("refused", 3),
  /// Time ran out; the next run goes on.
  UNFINISHED("stopped-in-time", 15),
  /// Somebody else is at it.
  BUSY("busy", 36);

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
