package dev.stipend.ingest.price;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// A price that a workspace wants to set.
///
/// @param name the model, in the price book's names
/// @param aliases its other names at that provider, in lower case
/// @param effectiveFrom the first instant at which it shall hold, where the sender said it
/// @param prices what its tokens cost
/// @param source where the figures are from
/// @param quotedOn the day on which they stood there
public record NewPrice(
    ModelName name,
    List<String> aliases,
    Optional<Instant> effectiveFrom,
    TokenPrices prices,
    Optional<String> source,
    Optional<LocalDate> quotedOn) {
  /// The same, holding from an instant on if it does not say from when.
  public NewPrice fromOr(Instant effective) {
    return effectiveFrom.isPresent()
        ? this
        : new NewPrice(name, aliases, Optional.of(effective), prices, source, quotedOn);
  }
}
