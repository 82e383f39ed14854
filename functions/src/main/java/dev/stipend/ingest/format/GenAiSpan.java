package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.FieldRow.row;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A span that follows OpenTelemetry's conventions for generative AI, current and older.
///
/// - **Which count.** Spans with token usage, unless `gen_ai.operation.name` says that they are no
///   call of a model: an agent, a workflow or a plan repeats the sum of the calls below it. Without
///   that name, or with one that the conventions do not have, a span with usage is a call.
/// - **Id.** `traceId`, a hyphen, `spanId`. **Time.** `endTimeUnixNano`.
/// - **Model.** As it was asked for, because prices and budgets know it by that name; else the
///   response's.
/// - **Provider.** By the name that LiteLLM has for it, so that a provider's budget counts all.
/// - **Session.** `gen_ai.conversation.id` becomes the tag `session`: it is one run, no workflow.
final class GenAiSpan {
  private static final String USAGE = "gen_ai.usage.";

  private static final List<FieldRow> NAMES =
      List.of(
          row("userId", "enduser.id", "user.id"),
          row("teamId", "team.id", "service.namespace"),
          row("agentId", "gen_ai.agent.id", "gen_ai.agent.name", "service.name"),
          row("workflowId", "gen_ai.workflow.name"),
          row("provider", "gen_ai.provider.name", "gen_ai.system"),
          row("model", "gen_ai.request.model", "gen_ai.response.model"));

  private static final List<FieldRow> TOKENS =
      List.of(
          row("inputTokens", USAGE + "input_tokens", USAGE + "prompt_tokens"),
          row(
              "cachedInputTokens",
              USAGE + "cache_read.input_tokens",
              USAGE + "cache_read_input_tokens"),
          row(
              "cacheWriteTokens",
              USAGE + "cache_creation.input_tokens",
              USAGE + "cache_write.input_tokens",
              USAGE + "cache_creation_input_tokens"),
          row("audioInputTokens", USAGE + "audio.input_tokens"),
          row("outputTokens", USAGE + "output_tokens", USAGE + "completion_tokens"),
          row("reasoningTokens", USAGE + "reasoning.output_tokens", USAGE + "reasoning_tokens"),
          row("audioOutputTokens", USAGE + "audio.output_tokens"));

  private static final List<FieldRow> TAGS =
      List.of(
          row("session", "gen_ai.conversation.id"),
          row("environment", "deployment.environment.name", "deployment.environment"));

  /// Operations that are no call of a model.
  private static final Set<String> NO_CALL =
      Set.of(
          "invoke_agent",
          "create_agent",
          "invoke_workflow",
          "plan",
          "execute_tool",
          "retrieval",
          "search_memory",
          "create_memory",
          "update_memory",
          "upsert_memory",
          "delete_memory",
          "create_memory_store",
          "delete_memory_store");

  private static final Map<String, String> PROVIDERS =
      Map.ofEntries(
          Map.entry("aws.bedrock", "bedrock"),
          Map.entry("azure.ai.openai", "azure"),
          Map.entry("az.ai.openai", "azure"),
          Map.entry("azure.ai.inference", "azure_ai"),
          Map.entry("az.ai.inference", "azure_ai"),
          Map.entry("gcp.vertex_ai", "vertex_ai"),
          Map.entry("gcp.gemini", "gemini"),
          Map.entry("gcp.gen_ai", "gemini"),
          Map.entry("ibm.watsonx.ai", "watsonx"),
          Map.entry("mistral_ai", "mistral"),
          Map.entry("moonshot_ai", "moonshot"),
          Map.entry("x_ai", "xai"));

  private static final int NANOS_DIGITS = 9;

  private final String path;
  private final Map<?, ?> span;
  private final SpanAttributes attributes;

  /// @param path where the span stands in the request
  /// @param attributes the span's, over those of its resource
  GenAiSpan(String path, Map<?, ?> span, SpanAttributes attributes) {
    this.path = path;
    this.span = span;
    this.attributes = attributes;
  }

  static boolean tellsUsage(SpanAttributes attributes) {
    return TOKENS.stream().flatMap(row -> row.sources().stream()).anyMatch(attributes::has)
        && !(attributes.get("gen_ai.operation.name") instanceof String operation
            && NO_CALL.contains(operation));
  }

  /// The id of the event, as far as the span has what it is made of.
  static String id(Map<?, ?> span) {
    return span.get("traceId") instanceof String trace
            && span.get("spanId") instanceof String own
            && !PrintableText.isInvisible(trace)
            && !PrintableText.isInvisible(own)
        ? SafeText.id(trace + "-" + own)
        : "";
  }

  /// @throws InvalidJsonException if the span has no id or no time
  Reading event() {
    Translation event = new Translation(path + ".");
    String id = id(span);
    if (id.isEmpty()) {
      throw new InvalidJsonException(path, "must have a traceId and a spanId");
    }
    event.require("eventId", path + ".traceId", id);
    event.require("occurredAt", path + ".endTimeUnixNano", time());
    event.names(NAMES, attributes::get);
    event.replace("provider", PROVIDERS);
    event.counts(TOKENS, attributes::get);
    event.tags(TAGS, attributes::get);
    return event.done();
  }

  private String time() {
    for (String name : List.of("endTimeUnixNano", "startTimeUnixNano")) {
      Object value = span.get(name);
      Object nanos = value == null ? BigDecimal.ZERO : SpanAttributes.wholeNumber(value);
      if (!(nanos instanceof BigDecimal number)) {
        throw new InvalidJsonException(path + "." + name, "must be nanoseconds since 1970");
      }
      if (number.signum() != 0) {
        return Translation.instant(number, NANOS_DIGITS, path + "." + name).toString();
      }
    }
    throw new InvalidJsonException(path + ".endTimeUnixNano", "is required");
  }
}
