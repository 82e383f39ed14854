package dev.stipend.http.usage;

import dev.stipend.ingest.record.UnknownAttribute;
import dev.stipend.ingest.record.UnknownAttributes;
import dev.stipend.tenant.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// Shows what senders tell of usage that nobody here understands.
@Controller("/api/usage/unknown")
class UnknownController {
  private final UnknownAttributes unknown;

  UnknownController(UnknownAttributes unknown) {
    this.unknown = unknown;
  }

  /// What nobody understands.
  @Serdeable
  record Unknown(List<UnknownAttribute> attributes) {}

  /// Lists the attributes of spans that look like usage and are in no table, the newest first.
  @Get
  Unknown list(Caller caller) {
    return new Unknown(unknown.list(caller.workspace().id()));
  }
}
