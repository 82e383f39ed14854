package dev.stipend.http.reservation;

import dev.stipend.http.Problem;
import dev.stipend.money.Money;
import dev.stipend.platform.json.FieldError;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;

/// A refusal as a problem: the fields of {@link Problem}, those that callers of a budget guard
/// expect of the first budget that refuses, and all budgets.
///
/// @param decisionId names the decision in the audit log
/// @param estimatedCost what the work would cost at most
/// @param fits `later` if it may fit from an instant on, which `Retry-After` says; `never` if
///     not, as things stand
@Serdeable
record Denial(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    UUID decisionId,
    UUID budgetId,
    String budgetName,
    Money limitAmount,
    Money currentSpend,
    Money estimatedCost,
    String fits,
    List<ConsideredBudget> budgets) {}
