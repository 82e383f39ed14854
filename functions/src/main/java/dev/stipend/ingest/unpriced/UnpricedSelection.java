package dev.stipend.ingest.unpriced;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.time.Period;
import java.time.Instant;

/// Which of the events that wait for a price are meant.
///
/// @param of the provider and model that their senders named; of the other ids those that are not
///     empty are theirs too
/// @param from when the first of them may have happened
/// @param until the first instant at which they no longer may have
public record UnpricedSelection(Attribution of, Instant from, Instant until) {
  public static UnpricedSelection of(ModelName model) {
    return new UnpricedSelection(
        new Attribution("", "", "", "", model.provider(), model.model()),
        Instant.EPOCH,
        Period.FOREVER);
  }
}
