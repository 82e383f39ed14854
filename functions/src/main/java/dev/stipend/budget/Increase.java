package dev.stipend.budget;

import dev.stipend.money.Money;
import java.time.Instant;

/// A higher limit for a time.
///
/// @param limit the limit while it lasts
/// @param until the instant at which it ends by itself
public record Increase(Money limit, Instant until) {}
