package dev.stipend.local.report;

import java.math.BigDecimal;
import java.util.Map;

/// Everything that the ledger of the workspace holds.
///
/// @param spend to twelve decimals
/// @param deliveries how many messages to people are in which state
public record LedgerTotals(
    long events,
    long unpriced,
    long inputTokens,
    long outputTokens,
    BigDecimal spend,
    String currency,
    Map<String, Long> deliveries) {}
