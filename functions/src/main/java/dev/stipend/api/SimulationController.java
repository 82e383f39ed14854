package dev.stipend.api;

import dev.stipend.budget.Budget;
import dev.stipend.budget.NewBudget;
import dev.stipend.json.ExactJson;
import dev.stipend.json.JsonFields;
import dev.stipend.simulation.Simulation;
import dev.stipend.workspace.Caller;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.time.InstantSource;

/// Tells what a budget would have done over the last periods. Nothing is saved.
@Controller("/api/budgets/simulate")
class SimulationController {
  private static final int USUAL_PERIODS = 6;
  private static final int MOST_PERIODS = 24;

  private final Simulation simulation;
  private final InstantSource clock;

  SimulationController(Simulation simulation, InstantSource clock) {
    this.simulation = simulation;
    this.clock = clock;
  }

  @Post
  SimulationResponse simulate(Caller caller, @Body String body) {
    Instant now = clock.instant();
    JsonFields fields = JsonFields.of(ExactJson.parse(body));
    int periods =
        fields.whole("periods", 1, MOST_PERIODS).map(Math::toIntExact).orElse(USUAL_PERIODS);
    NewBudget wanted = BudgetRequest.read(fields, caller, now);
    Budget proposed = wanted.proposed(caller.workspace().id());
    return SimulationResponse.of(proposed, simulation.run(proposed, periods, now), now);
  }
}
