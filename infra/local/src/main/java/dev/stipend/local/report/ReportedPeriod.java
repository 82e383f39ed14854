package dev.stipend.local.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// One counter of one budget.
///
/// @param scopeId `*` for a budget that counts each subject apart
/// @param start of the half-open period
/// @param until the end of the half-open period
/// @param alerts raised in this period, oldest first
public record ReportedPeriod(
    String budgetId,
    String budget,
    String scope,
    String scopeId,
    String subject,
    String kind,
    ZoneId zone,
    Instant start,
    Instant until,
    BigDecimal spend,
    BigDecimal limit,
    long requests,
    List<Alert> alerts) {

  /// Spend in percent of the limit; empty when the limit is 0.
  public Optional<BigDecimal> percent() {
    return limit.signum() == 0
        ? Optional.empty()
        : Optional.of(
            spend.multiply(BigDecimal.valueOf(100)).divide(limit, 1, RoundingMode.HALF_UP));
  }

  /// An alert of the period.
  ///
  /// @param deliveries what became of its messages, such as `sent 2`
  public record Alert(
      String type, BigDecimal threshold, String state, String deliveries, Instant raisedAt) {}
}
