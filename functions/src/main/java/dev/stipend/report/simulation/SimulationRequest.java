package dev.stipend.report.simulation;

import dev.stipend.budget.edit.BudgetRequest;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.tenant.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be tried.
///
/// @param periods over how many of the last
public record SimulationRequest(int periods, NewBudget budget) {
  /// As many as are tried where nobody says how many.
  public static final int USUAL_PERIODS = 6;

  private static final int MOST_PERIODS = 24;

  /// Reads every field, and checks them together.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static SimulationRequest read(@Nullable Object json, Caller caller, Instant now) {
    JsonFields fields = JsonFields.of(json);
    int periods =
        fields.whole("periods", 1, MOST_PERIODS).map(Math::toIntExact).orElse(USUAL_PERIODS);
    return new SimulationRequest(periods, BudgetRequest.proposed(fields, caller, now));
  }
}
