package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SpendSource;

/// A source with what is known of rows of its application.
///
/// @param rows that do not count as they are
/// @param budgets that its application keeps
public record SourceStanding(
    SpendSource source, KeptRows.Counts rows, MirroredBudgets.Counts budgets) {}
