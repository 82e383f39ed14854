package dev.stipend.oracle;

/// Something that must not have happened.
///
/// @param when in which circumstances, in few words
record Complaint(Kind kind, String when, String text) {
  Complaint(Kind kind, String text) {
    this(kind, "", text);
  }

  /// What it has in common with others.
  String group() {
    return when.isEmpty() ? kind.name() : kind + " of a line " + when;
  }

  enum Kind {
    /// A line was crossed, no channel of the budget heard, and nothing explains it.
    NOBODY_TOLD,
    /// A line was crossed, one channel did not hear though others did, and nothing explains it.
    CHANNEL_NOT_TOLD,
    /// It is explained why a channel was not told, but the line is crossed still, or was when the
    /// period ended.
    EXPLAINED_AND_LOST,
    /// A delivery failed for good, and the fallback does not know.
    FALLBACK_NOT_TOLD,
    /// Something is undecided, and nobody can see why or when it is looked at again.
    NO_NEXT_LOOK,
    /// A message says what never was.
    NEVER_HAPPENED,
    /// A message repeats what its channel knows.
    TWICE,
    /// A sum is wrong.
    WRONG_SUM,
    /// The product failed where nothing was broken.
    FAILED
  }

  @Override
  public String toString() {
    return group() + ": " + text;
  }
}
