package dev.stipend.ingest.format;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The forms in which usage comes, each known by fields that no other form has.
enum Form {
  NATIVE,
  CLOUD_EVENT,
  LITELLM,
  /// LiteLLM's SQS logger with its own encryption switched on.
  LITELLM_ENCRYPTED,
  OTLP,
  OTLP_LOGS,
  /// A record of Amazon Bedrock's model invocation log.
  BEDROCK,
  /// What a subscription to a group of CloudWatch Logs delivers.
  CLOUDWATCH_LOGS,
  UNKNOWN;

  /// What to say of a message in none of them.
  static final String KNOWN =
      "matches none of the known forms: a usage event (eventId, occurredAt), a CloudEvent"
          + " (specversion), a LiteLLM StandardLoggingPayload (call_type, response_cost),"
          + " OTLP/JSON traces (resourceSpans) or logs (resourceLogs), a Bedrock model invocation"
          + " log (schemaType) or a CloudWatch Logs subscription (awslogs)";

  /// Fields by which a native event without its id is still known as one.
  private static final Set<String> NATIVE_FIELDS =
      Set.of(
          "occurredAt",
          "kind",
          "userId",
          "agentId",
          "workflowId",
          "teamId",
          "inputTokens",
          "outputTokens",
          "cost");

  static Form of(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> fields)) {
      return UNKNOWN;
    }
    // First and alone: of nearly all events this is the only question that is asked.
    if (fields.containsKey("eventId")) {
      return NATIVE;
    }
    if (fields.containsKey("specversion")) {
      return CLOUD_EVENT;
    }
    if (fields.containsKey("resourceSpans")) {
      return OTLP;
    }
    if (fields.containsKey("resourceLogs")) {
      return OTLP_LOGS;
    }
    if (fields.containsKey("call_type") || fields.containsKey("response_cost")) {
      return LITELLM;
    }
    if (fields.containsKey("schemaType")) {
      return BEDROCK;
    }
    if (fields.containsKey("awslogs")
        || (fields.containsKey("messageType") && fields.containsKey("logEvents"))) {
      return CLOUDWATCH_LOGS;
    }
    if (fields.containsKey("__encrypted__")) {
      return LITELLM_ENCRYPTED;
    }
    return Collections.disjoint(fields.keySet(), NATIVE_FIELDS) ? UNKNOWN : NATIVE;
  }
}
