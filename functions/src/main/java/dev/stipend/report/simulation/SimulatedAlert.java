package dev.stipend.report.simulation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.money.Money;
import java.time.Instant;

/// An alert that would have been raised.
///
/// @param line its line
/// @param at when the line was first reached
/// @param spend the spend then
/// @param superseded whether a higher line was reached by the same event, and people would have
///     heard of that one only
public record SimulatedAlert(AlertThreshold line, Instant at, Money spend, boolean superseded) {}
