package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.usecase.RecordUsage;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records usage that comes by HTTP.
@Controller("/api/usage")
public class UsageController {
  private static final int MOST = 1000;

  private final RecordUsage recorder;

  UsageController(RecordUsage recorder) {
    this.recorder = recorder;
  }

  /// What became of the events, as counts.
  @Serdeable
  record Recorded(int recorded, int duplicates, int unpriced, List<Rejection> rejected) {}

  /// Records usage. Takes a list of events in `events`, the list alone, or one event; in any form.
  /// Each event is recorded or rejected by itself.
  @Post(
      consumes = {
        MediaType.APPLICATION_JSON,
        "application/cloudevents+json",
        "application/cloudevents-batch+json"
      })
  HttpResponse<Recorded> record(ApiRequest request) {
    Intake intake = Intake.of(messages(request.json()));
    if (intake.size() > MOST) {
      throw new InvalidJsonException("events", "must have at most " + MOST + " events");
    }
    UsageRecorded outcome =
        recorder.record(
            request.workspace(), intake, UsageSender.of(request.caller()), request.now());
    return HttpResponse.status(
            outcome.isRejected() ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.OK)
        .body(
            new Recorded(
                outcome.recorded().size(),
                outcome.duplicates().size(),
                outcome.unpriced(),
                outcome.rejected()));
  }

  public static List<?> messages(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return list;
    }
    if (Intake.recognises(json)) {
      return Collections.singletonList(json);
    }
    JsonFields fields = JsonFields.of(json);
    fields.require("events");
    List<?> events = fields.list("events").orElse(List.of());
    fields.refuseUnknown();
    fields.check();
    return events;
  }
}
