package dev.stipend.enforcement;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Estimates what work costs at most: what the caller says, or its tokens at the price book's
/// prices, all output at the price of output.
@Singleton
public class Estimator {
  private final PriceBookRepository prices;

  Estimator(PriceBookRepository prices) {
    this.prices = prices;
  }

  /// Estimates work.
  ///
  /// @throws UnknownPriceException if the caller names no cost, and the model has no price, nor the
  ///     workspace a ceiling for such models
  public Estimate.Elastic estimate(Workspace workspace, Work work, Instant now) {
    if (work.estimatedCost().isPresent()) {
      return Estimate.Elastic.rigid(work.estimatedCost().get());
    }
    String provider = work.who().provider();
    String model = work.who().model();
    PriceBook book =
        prices.load(workspace.id(), workspace.currency(), List.of(new ModelName(provider, model)));
    TokenUsage most = work.tokens();
    long fewest = work.leastOutput().orElse(most.output());
    return new Estimate.Elastic(
        Estimate.of(cost(book, provider, model, most, now)),
        fewest,
        most.output(),
        output -> cost(book, provider, model, most.withOutput(output), now));
  }

  private static Money cost(
      PriceBook book, String provider, String model, TokenUsage tokens, Instant now) {
    return book.costOf(provider, model, tokens, now)
        .or(() -> book.ceilingOf(tokens, now))
        .orElseThrow(() -> new UnknownPriceException(model));
  }
}
