package dev.stipend.spend;

import dev.stipend.price.ModelName;
import dev.stipend.price.PriceBook;
import dev.stipend.price.PriceBookRepository;
import dev.stipend.spend.UnpricedEvents.Position;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Prices what was recorded unpriced, once its price is known.
///
/// The ledger is append-only, so a price that comes late is an adjustment of each event: it counts
/// when the event happened, and is the price less what counted meanwhile. Each event is adjusted
/// exactly once: who locks it among the waiting is the one to write its adjustment and to take it
/// out, in one transaction.
@Singleton
public class Repricing {
  private final UnpricedEvents unpriced;
  private final LatePricing pricing;
  private final PriceBookRepository prices;
  private final WorkspaceRepository workspaces;

  Repricing(
      UnpricedEvents unpriced,
      LatePricing pricing,
      PriceBookRepository prices,
      WorkspaceRepository workspaces) {
    this.unpriced = unpriced;
    this.pricing = pricing;
    this.prices = prices;
    this.workspaces = workspaces;
  }

  /// Prices what can be priced, in every workspace. Answers how many events were.
  public int run(Instant now) {
    return workspaces.list().stream().mapToInt(workspace -> run(workspace, now)).sum();
  }

  /// Prices what can be priced in a workspace. Answers how many events were.
  public int run(Workspace workspace, Instant now) {
    int total = 0;
    for (UnpricedModel model : unpriced.byModel(workspace.id())) {
      ModelName name = new ModelName(model.provider(), model.model());
      PriceBook book = prices.load(workspace.id(), workspace.currency(), Set.of(name));
      Optional<Position> position = Optional.of(Position.START);
      while (position.isPresent()) {
        LatePricing.Step step = pricing.step(workspace, model, book, position.get(), now);
        step.afterCommit().forEach(UsageRecorder::runSafely);
        total += step.priced();
        position = step.next();
      }
    }
    return total;
  }
}
