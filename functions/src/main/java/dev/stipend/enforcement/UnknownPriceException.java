package dev.stipend.enforcement;

/// Work cannot be estimated, because nobody knows what its model costs.
public final class UnknownPriceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownPriceException(String model) {
    super(
        "has no known price (%s): send estimatedCost, or set its price with POST /api/prices"
            .formatted(model));
  }
}
