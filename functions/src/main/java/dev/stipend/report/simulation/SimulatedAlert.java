package dev.stipend.report.simulation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.money.Money;
import java.time.Instant;

/// An alert that would have been raised.
///
/// @param line its threshold
/// @param at when the threshold was first reached
/// @param spend the spend then
/// @param superseded whether a higher threshold was reached by the same event, and people would
///     have heard of that one only
public record SimulatedAlert(AlertThreshold line, Instant at, Money spend, boolean superseded) {}
