package dev.stipend.http.usage;

import dev.stipend.http.openapi.schema.UsageBody;
import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.tenant.Caller;
import dev.stipend.usecase.RecordUsage;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records usage that comes by HTTP.
@Tag(name = "Usage and spend")
@Controller("/api/usage")
public class UsageController {
  private static final int MOST = 1000;

  private final RecordUsage recorder;
  private final InstantSource clock;

  UsageController(RecordUsage recorder, InstantSource clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  /// What became of the events, as counts.
  @Serdeable
  record Recorded(int recorded, int duplicates, int unpriced, List<Rejection> rejected) {}

  /// Records usage. Takes a list of events in `events`, the list alone, or one event; in any form.
  /// Each event is recorded or rejected by itself.
  @RequestBody(content = @Content(schema = @Schema(implementation = UsageBody.class)))
  @ApiResponse(
      responseCode = "200",
      description =
          "Events are recorded, or were before, or there are none; others may be rejected",
      content = @Content(schema = @Schema(implementation = Recorded.class)))
  @ApiResponse(
      responseCode = "422",
      description = "Every event is rejected; the body says why",
      content = @Content(schema = @Schema(implementation = Recorded.class)))
  @Post(
      consumes = {
        MediaType.APPLICATION_JSON,
        "application/cloudevents+json",
        "application/cloudevents-batch+json"
      })
  HttpResponse<Recorded> record(Caller caller, HttpRequest<?> request, @Body byte[] body) {
    Intake intake = Intake.of(messages(ExactJson.parse(BodyText.of(request, body))));
    if (intake.size() > MOST) {
      throw new InvalidJsonException("events", "must hold at most " + MOST + " events");
    }
    UsageRecorded outcome =
        recorder.record(caller.workspace(), intake, UsageSender.of(caller), clock.instant());
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
