package dev.stipend.ingest.format;

import dev.stipend.ingest.ledger.EventOrigin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was read from one message, event by event.
sealed interface Reading {
  /// An event in native form.
  ///
  /// @param json its fields by their native names
  /// @param names how its sender calls them
  /// @param origin how it was told
  /// @param unknown what it tells beside them that nobody understands
  record Usable(
      @Nullable Object json, FieldNames names, EventOrigin origin, List<UnknownUsage> unknown)
      implements Reading {
    /// An event that says all by itself.
    Usable(@Nullable Object json, FieldNames names) {
      this(json, names, EventOrigin.PLAIN, List.of());
    }
  }

  /// Usage that is no event, because nobody can say of what it is.
  record Unknown(UnknownUsage usage) implements Reading {}

  /// What cannot be turned into an event.
  ///
  /// @param eventId its id; empty if it could not be read
  /// @param reason what is wrong, naming the field
  record Refused(String eventId, String reason) implements Reading {}

  /// All events of a message.
  static List<Reading> of(@Nullable Object json) {
    return json instanceof Map<?, ?> fields
        ? of(Form.of(fields), fields)
        : List.of(new Refused("", Form.KNOWN));
  }

  private static List<Reading> of(Form form, Map<?, ?> fields) {
    return switch (form) {
      case NATIVE -> List.of(new Usable(fields, FieldNames.AS_SENT));
      case CLOUD_EVENT -> CloudEvent.read(fields);
      case LITELLM -> LiteLlm.read(fields);
      case OTLP -> OtlpTraces.read(CodingAgents.known().withoutRepeats(fields));
      case OTLP_LOGS -> OtlpLogs.read(fields);
      case BEDROCK -> BedrockInvocation.read(fields);
      case CLOUDWATCH_LOGS -> LogSubscription.read(fields);
      case LITELLM_ENCRYPTED ->
          List.of(
              new Refused(
                  "",
                  "is encrypted by LiteLLM; leave out sqs_aws_use_application_level_encryption"));
      case UNKNOWN -> List.of(new Refused("", Form.KNOWN));
    };
  }
}
