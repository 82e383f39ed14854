package dev.stipend.budget.insight;

import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;

/// Part of a period's spend that belongs to one agent, model or user.
///
/// @param dimension `agent`, `model` or `user`
/// @param id which one
/// @param spend what it cost in the period
/// @param share its part of the period's spend in percent, one decimal, rounded down
@Serdeable
public record Contributor(String dimension, String id, Money spend, BigDecimal share) {}
