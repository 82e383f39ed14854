package dev.stipend.concurrency;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one subject spent in one period.
final class ModelCounter {
  final String key;
  final SpendLimit budget;
  final String subject;
  final Instant end;
  final List<ModelAlert> alerts = new ArrayList<>();
  BigDecimal spend = BigDecimal.ZERO;
  boolean isUsed;
  @Nullable BigDecimal closedSpend;
  private BigDecimal closedLimit = BigDecimal.ZERO;

  ModelCounter(String key, SpendLimit budget, String subject, Instant end) {
    this.key = key;
    this.budget = budget;
    this.subject = subject;
    this.end = end;
  }

  void add(BigDecimal cost) {
    spend = spend.add(cost);
    isUsed = true;
  }

  boolean meets(int percent, BigDecimal amount) {
    BigDecimal limit = closedSpend == null ? budget.limit : closedLimit;
    return amount.movePointRight(2).compareTo(limit.multiply(BigDecimal.valueOf(percent))) >= 0;
  }

  boolean metWhenClosed(int percent) {
    return closedSpend != null && meets(percent, closedSpend);
  }

  /// Ends its period: what comes now comes late.
  void close() {
    alerts.stream().filter(ModelAlert::isOpen).forEach(alert -> alert.state = "ended");
    closedSpend = spend;
    closedLimit = budget.limit;
  }

  Optional<ModelAlert> open(int percent, boolean restated) {
    return alerts.stream()
        .filter(alert -> alert.isOpen() && alert.percent == percent && alert.restated == restated)
        .findFirst();
  }

  long openings(int percent, boolean restated) {
    return alerts.stream()
        .filter(alert -> alert.percent == percent && alert.restated == restated)
        .count();
  }

  ModelAlert add(int percent, boolean restated, Instant now) {
    ModelAlert alert =
        new ModelAlert(this, percent, restated, openings(percent, restated) + 1, now);
    alerts.add(alert);
    return alert;
  }
}
