package dev.stipend.http.usage;

import dev.stipend.http.Idempotent;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.ingest.unpriced.UnpricedModel;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Caller;
import dev.stipend.usecase.AssignModel;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Shows the usage that nobody could price, by model, and corrects its model.
@Controller("/api/usage/unpriced")
class UnpricedController {
  private final UnpricedEvents unpriced;
  private final AssignModel assignment;
  private final Idempotent idempotent;
  private final InstantSource clock;

  UnpricedController(
      UnpricedEvents unpriced, AssignModel assignment, Idempotent idempotent, InstantSource clock) {
    this.unpriced = unpriced;
    this.assignment = assignment;
    this.idempotent = idempotent;
    this.clock = clock;
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
  Unpriced list(Caller caller) {
    return new Unpriced(unpriced.byModel(caller.workspace().id()));
  }

  /// Gives events that wait for a price the model that they were of, up to 10,000 at once, and
  /// counts their cost there. Each event is corrected once, by adjustments at its own time; its
  /// request and tokens stay under the names it came with.
  @Post("/assign")
  HttpResponse<?> assign(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    AssignmentRequest asked = AssignmentRequest.read(ExactJson.parse(body));
    return idempotent.answer(
        caller, request, body, now, () -> HttpResponse.ok(assign(caller, asked, now)));
  }

  private Assigned assign(Caller caller, AssignmentRequest asked, Instant now) {
    ModelName to = asked.to();
    AssignModel.Assigned done =
        assignment.assign(caller.workspace(), asked.which(), to, caller.actor(), now);
    if (done.events() == 0 && done.remaining() > 0) {
      throw new InvalidJsonException(
          "toModel",
          "has no price at the times of these %,d events; set one with POST /api/prices first"
              .formatted(done.remaining()));
    }
    return new Assigned(done.events(), done.cost(), done.remaining());
  }
}
