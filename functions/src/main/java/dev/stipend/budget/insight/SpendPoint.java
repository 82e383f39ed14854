package dev.stipend.budget.insight;

import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;

/// How far spend of a period had come.
///
/// @param at an instant of the period
/// @param spend all that was recorded before it
@Serdeable
public record SpendPoint(Instant at, Money spend) {}
