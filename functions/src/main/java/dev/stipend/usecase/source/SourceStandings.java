package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How sources stand.
@Singleton
public class SourceStandings {
  private final SourceRepository sources;
  private final KeptRows rows;
  private final MirroredBudgets budgets;

  SourceStandings(SourceRepository sources, KeptRows rows, MirroredBudgets budgets) {
    this.sources = sources;
    this.rows = rows;
    this.budgets = budgets;
  }

  /// All sources of a workspace that are not removed, by their names.
  public List<SourceStanding> list(UUID workspace) {
    return of(workspace, sources.list(workspace));
  }

  /// One source.
  public SourceStanding of(SpendSource source) {
    return of(source.workspaceId(), List.of(source)).getFirst();
  }

  private List<SourceStanding> of(UUID workspace, List<SpendSource> found) {
    Map<UUID, KeptRows.Counts> kept = rows.counts(workspace);
    Map<UUID, MirroredBudgets.Counts> mirrored = budgets.counts(workspace);
    return found.stream()
        .map(
            source ->
                new SourceStanding(
                    source,
                    kept.getOrDefault(source.id(), KeptRows.Counts.NONE),
                    mirrored.getOrDefault(source.id(), MirroredBudgets.Counts.NONE)))
        .toList();
  }
}
