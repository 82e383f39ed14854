package dev.stipend.http.usage;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.unpriced.UnpricedSelection;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.time.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request that gives unpriced events their model.
///
/// @param which events
/// @param to the model that they were of
public record AssignmentRequest(UnpricedSelection which, ModelName to) {
  private static final int LONGEST_NAME = 200;

  /// Reads an assignment from a request.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public static AssignmentRequest read(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    fields.require("provider");
    fields.require("model");
    fields.require("toModel");
    String provider = name(fields, "provider");
    UnpricedSelection which =
        new UnpricedSelection(
            new Attribution(
                id(fields, "userId"),
                id(fields, "agentId"),
                id(fields, "workflowId"),
                id(fields, "teamId"),
                provider,
                name(fields, "model")),
            fields.instant("from").orElse(Instant.EPOCH),
            fields.instant("until").orElse(Period.FOREVER));
    if (!which.from().isBefore(which.until())) {
      fields.error("until", "must be after from");
    }
    ModelName to =
        new ModelName(
            fields.text("toProvider", LONGEST_NAME).orElse(provider), id(fields, "toModel"));
    if (to.provider().equals("*") != to.model().equals("*")) {
      fields.error(
          "toModel", "must be * if and only if toProvider is; together they are the ceiling");
    }
    fields.refuseUnknown();
    fields.check();
    return new AssignmentRequest(which, to);
  }

  /// A name as the list of unpriced usage has it, where it may be empty.
  private static String name(JsonFields fields, String field) {
    return fields.any(field).filter(""::equals).isPresent() ? "" : id(fields, field);
  }

  private static String id(JsonFields fields, String field) {
    return fields.text(field, LONGEST_NAME).orElse("");
  }
}
