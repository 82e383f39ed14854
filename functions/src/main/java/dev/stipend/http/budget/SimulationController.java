package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.http.ApiRequest;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.report.simulation.Simulation;
import dev.stipend.report.simulation.SimulationRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;

/// Tells what a budget would have done over the last periods. Nothing is saved.
@Controller("/api/budgets/simulate")
class SimulationController {
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
    SimulationRequest asked =
        channels.read(
            request.workspaceId(),
            request.json(),
            json -> SimulationRequest.read(json, request.caller(), now));
    Budget proposed = asked.budget().proposed(request.workspaceId());
    return SimulationResponse.of(proposed, simulation.run(proposed, asked.periods(), now), now);
  }
}
