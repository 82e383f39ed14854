package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.report.simulation.Simulation;
import dev.stipend.tenant.Caller;
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
  private final ChannelNames channels;
  private final InstantSource clock;

  SimulationController(Simulation simulation, ChannelNames channels, InstantSource clock) {
    this.simulation = simulation;
    this.channels = channels;
    this.clock = clock;
  }

  /// Tells what a budget would have done over the last periods. Nothing is saved.
  @Post
  SimulationResponse simulate(Caller caller, @Body String body) {
    Instant now = clock.instant();
    Object json = channels.resolve(caller.workspace().id(), ExactJson.parse(body));
    Asked asked = read(JsonFields.of(json), caller, now);
    Budget proposed = asked.budget().proposed(caller.workspace().id());
    return SimulationResponse.of(proposed, simulation.run(proposed, asked.periods(), now), now);
  }

  /// What is to be tried.
  ///
  /// @param periods over how many of the last
  record Asked(int periods, NewBudget budget) {}

  static Asked read(JsonFields fields, Caller caller, Instant now) {
    int periods =
        fields.whole("periods", 1, MOST_PERIODS).map(Math::toIntExact).orElse(USUAL_PERIODS);
    return new Asked(periods, BudgetRequest.proposed(fields, caller, now));
  }
}
