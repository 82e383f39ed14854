package dev.stipend.ingest.source;

import java.math.BigDecimal;

/// What one of a column's costs is of the workspace's currency.
public enum CostUnit {
  UNITS(0),
  CENTS(2),
  MICROS(6);

  private final int decimals;

  CostUnit(int decimals) {
    this.decimals = decimals;
  }

  /// The amount in the currency itself, exact.
  BigDecimal amount(BigDecimal cost) {
    return cost.movePointLeft(decimals);
  }
}
