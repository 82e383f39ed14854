package dev.stipend.budget.insight;

import dev.stipend.money.Money;
import java.util.Optional;

/// An adjustment that took spend back.
///
/// @param eventId its identity in the ledger
/// @param amount what it took back, a positive amount
/// @param corrects the event that it corrects, where it says so
public record Refund(String eventId, Money amount, Optional<String> corrects) {}
