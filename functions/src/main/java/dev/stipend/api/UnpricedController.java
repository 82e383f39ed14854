package dev.stipend.api;

import dev.stipend.spend.UnpricedEvents;
import dev.stipend.spend.UnpricedModel;
import dev.stipend.workspace.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/// Shows the usage that nobody could price, by model.
@Tag(name = "Usage and spend")
@Controller("/api/usage/unpriced")
class UnpricedController {
  private final UnpricedEvents unpriced;

  UnpricedController(UnpricedEvents unpriced) {
    this.unpriced = unpriced;
  }

  /// The models without a price.
  @Serdeable
  record Unpriced(List<UnpricedModel> models) {}

  /// Lists the models whose usage nobody could price, with how much of it there is.
  @Get
  Unpriced list(Caller caller) {
    return new Unpriced(unpriced.byModel(caller.workspace().id()));
  }
}
