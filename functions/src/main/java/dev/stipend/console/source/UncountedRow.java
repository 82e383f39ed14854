package dev.stipend.console.source;

import dev.stipend.budget.mirror.MirroredBudget;
import dev.stipend.ingest.source.KeptRow;

/// A row of an application that does not count as it is, or is no budget.
///
/// @param row its id, with its table where there are several
/// @param time as the application writes it; empty for a budget
public record UncountedRow(String row, String time, String reason) {
  static UncountedRow of(KeptRow row) {
    return new UncountedRow(row.rowId(), row.occurredAt(), row.reason());
  }

  static UncountedRow of(MirroredBudget row) {
    return new UncountedRow(row.table() + " " + row.id(), "", row.reason().orElse(""));
  }
}
