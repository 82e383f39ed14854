package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.ingest.unpriced.UnpricedModel;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.usecase.AssignModel;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// Shows the usage that nobody could price, by model, and corrects its model.
@Controller("/api/usage/unpriced")
class UnpricedController {
  private final UnpricedEvents unpriced;
  private final AssignModel assignment;

  UnpricedController(UnpricedEvents unpriced, AssignModel assignment) {
    this.unpriced = unpriced;
    this.assignment = assignment;
  }

  /// The models without a price.
  @Serdeable
  record Unpriced(List<UnpricedModel> models) {}

  /// What was assigned.
  ///
  /// @param assigned how many events have their model and their cost now
  /// @param cost what these cost in all
  /// @param remaining how many of those that are meant still wait: beyond the 10,000 of one
  ///     request, or because the model had no price when they happened
  @Serdeable
  record Assigned(int assigned, Money cost, long remaining) {}

  /// Lists the models whose usage nobody could price, with how much of it there is.
  @Get
  Unpriced list(ApiRequest request) {
    return new Unpriced(unpriced.byModel(request.workspaceId()));
  }

  /// Gives events that wait for a price the model that they were of, up to 10,000 at once, and
  /// counts their cost there. Each event is corrected once, by adjustments at its own time; its
  /// request and tokens stay under the names it came with.
  @Post("/assign")
  HttpResponse<?> assign(ApiRequest request) {
    AssignmentRequest asked = AssignmentRequest.read(request.json());
    return request.once(() -> HttpResponse.ok(assign(request, asked)));
  }

  private Assigned assign(ApiRequest request, AssignmentRequest asked) {
    AssignModel.Assigned done =
        assignment.assign(
            request.workspace(), asked.which(), asked.to(), request.actor(), request.now());
    if (done.events() == 0 && done.remaining() > 0) {
      throw new InvalidJsonException(
          "toModel",
          "has no price at the times of these %,d events; set one with POST /api/prices first"
              .formatted(done.remaining()));
    }
    return new Assigned(done.events(), done.cost(), done.remaining());
  }
}
