package dev.stipend.api;

import dev.stipend.json.ExactJson;
import dev.stipend.json.JsonFields;
import dev.stipend.spend.Rejection;
import dev.stipend.spend.UsageRecorded;
import dev.stipend.spend.UsageRecorder;
import dev.stipend.workspace.Caller;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.time.InstantSource;
import java.util.List;

/// Records usage that comes by HTTP.
@Controller("/api/usage")
class UsageController {
  private static final int MOST = 1000;

  private final UsageRecorder recorder;
  private final InstantSource clock;

  UsageController(UsageRecorder recorder, InstantSource clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  /// What became of the events, as counts.
  @Serdeable
  record Recorded(int recorded, int duplicates, int unpriced, List<Rejection> rejected) {}

  @Post
  Recorded record(Caller caller, @Body String body) {
    JsonFields fields = JsonFields.of(ExactJson.parse(body));
    fields.require("events");
    List<?> events = fields.list("events").orElse(List.of());
    if (events.size() > MOST) {
      fields.error("events", "must hold at most " + MOST + " events");
    }
    fields.refuseUnknown();
    fields.check();
    UsageRecorded outcome = recorder.record(caller.workspace(), events, clock.instant());
    return new Recorded(
        outcome.recorded().size(),
        outcome.duplicates().size(),
        outcome.unpriced(),
        outcome.rejected());
  }
}
