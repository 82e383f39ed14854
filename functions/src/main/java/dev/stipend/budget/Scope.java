package dev.stipend.budget;

/// What a budget limits the spend of.
public enum Scope {
  WORKSPACE,
  USER,
  TEAM,
  AGENT,
  WORKFLOW,
  PROVIDER,
  MODEL,
  /// A label of an event; the scope id is `key=value`, or `key=*` for each value of a key.
  TAG;

  /// The scope id that means each: a counter of its own for every id.
  public static final String EACH = "*";
}
