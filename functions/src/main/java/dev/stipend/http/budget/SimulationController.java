package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.http.ApiRequest;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.report.simulation.Simulation;
import dev.stipend.tenant.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells what a budget would have done over the last periods. Nothing is saved.
@Controller("/api/budgets/simulate")
class SimulationController {
  private static final int USUAL_PERIODS = 6;
  private static final int MOST_PERIODS = 24;

  private final Simulation simulation;
  private final ChannelNames channels;

  SimulationController(Simulation simulation, ChannelNames channels) {
    this.simulation = simulation;
    this.channels = channels;
  }

  /// Tells what a budget would have done over the last periods. Nothing is saved.
  @Post
  SimulationResponse simulate(ApiRequest request) {
    Instant now = request.now();
    Asked asked = channels.read(request, json -> read(json, request.caller(), now));
    Budget proposed = asked.budget().proposed(request.workspaceId());
    return SimulationResponse.of(proposed, simulation.run(proposed, asked.periods(), now), now);
  }

  /// What is to be tried.
  ///
  /// @param periods over how many of the last
  record Asked(int periods, NewBudget budget) {}

  static Asked read(@Nullable Object json, Caller caller, Instant now) {
    JsonFields fields = JsonFields.of(json);
    int periods =
        fields.whole("periods", 1, MOST_PERIODS).map(Math::toIntExact).orElse(USUAL_PERIODS);
    return new Asked(periods, BudgetRequest.proposed(fields, caller, now));
  }
}
