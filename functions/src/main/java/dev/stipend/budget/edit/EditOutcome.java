package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;

/// What became of an edit.
public sealed interface EditOutcome {
  /// It is done, and the budget has a new version.
  record Edited(Budget budget) implements EditOutcome {}

  /// Everything is as it is asked for already: no new version, no history.
  record Unchanged(Budget budget) implements EditOutcome {}

  /// Somebody else edited it first: its version is none of those that were expected.
  record Stale(Budget budget) implements EditOutcome {}

  /// Another owner edits it, such as `source:app`.
  record Owned(Budget budget, String owner) implements EditOutcome {}

  /// It is archived, so it stays as it is.
  record Archived(Budget budget) implements EditOutcome {}

  /// There is no such budget in the workspace.
  record Missing() implements EditOutcome {}
}
