package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.FieldRow.row;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// LiteLLM's `StandardLoggingPayload`, as its SQS logger sends it one by one and its generic API
/// logger in lists.
///
/// - **Id.** `id`, which LiteLLM takes from the response; `litellm_call_id` where the provider gave
///   none. It is not unique over calls, so the time of the start is added. An object that outlives
///   a call (a batch, a fine-tuning job, a video) is told of again and again under its own id
///   alone: rows without usage are ignored, the first with a cost is the event.
/// - **Time.** `endTime`, in seconds since 1970 or as a text; a text without an offset is in UTC.
/// - **Cost.** What LiteLLM says, in US dollars, to 12 decimals ({@link LiteLlmCost}). Nothing or 0
///   is taken as a cost only where LiteLLM says that the request failed or came from its cache;
///   otherwise 0 is also what it says of a model without a known price, and the price book decides.
/// - **Tags.** `key:value` or `key=value` is a tag with a value, any other is a tag whose value is
///   `true`. `session` is the `trace_id`; it is no workflow, because LiteLLM makes a new one for
///   each request unless it is given one. A failed request has the tag `status=failure`.
final class LiteLlm {
  private static final List<FieldRow> NAMES =
      List.of(
          row("userId", "end_user", "metadata.user_api_key_user_id"),
          row("teamId", "metadata.user_api_key_team_id", "metadata.user_api_key_team_alias"),
          row(
              "agentId",
              "metadata.requester_metadata.agent_id",
              "metadata.spend_logs_metadata.agent_id",
              "metadata.user_api_key_alias"),
          row(
              "workflowId",
              "metadata.requester_metadata.workflow_id",
              "metadata.spend_logs_metadata.workflow_id"),
          row("provider", "custom_llm_provider"),
          row("model", "model", "model_group"));

  private static final List<FieldRow> TOKENS =
      List.of(
          row("inputTokens", "prompt_tokens"),
          row(
              "cachedInputTokens",
              "metadata.usage_object.prompt_tokens_details.cached_tokens",
              "metadata.usage_object.cache_read_input_tokens"),
          row(
              "cacheWriteTokens",
              "metadata.usage_object.cache_creation_input_tokens",
              "metadata.usage_object.prompt_tokens_details.cache_creation_tokens",
              "metadata.usage_object.prompt_tokens_details.cache_write_tokens"),
          row(
              "cacheWrite1hTokens",
              "metadata.usage_object.prompt_tokens_details.cache_creation_token_details"
                  + ".ephemeral_1h_input_tokens",
              "metadata.usage_object.cache_creation.ephemeral_1h_input_tokens"),
          row("audioInputTokens", "metadata.usage_object.prompt_tokens_details.audio_tokens"),
          row(
              "cachedAudioInputTokens",
              "metadata.usage_object.prompt_tokens_details.cached_tokens_details.audio_tokens"),
          row("imageInputTokens", "metadata.usage_object.prompt_tokens_details.image_tokens"),
          row(
              "cachedImageInputTokens",
              "metadata.usage_object.prompt_tokens_details.cached_tokens_details.image_tokens"),
          row("outputTokens", "completion_tokens"),
          row(
              "reasoningTokens",
              "metadata.usage_object.completion_tokens_details.reasoning_tokens"),
          row("audioOutputTokens", "metadata.usage_object.completion_tokens_details.audio_tokens"),
          row("imageOutputTokens", "metadata.usage_object.completion_tokens_details.image_tokens"));

  /// Where LiteLLM tells how a request was served: as it was, else as it was asked for.
  private static final List<String> SERVICE_TIERS =
      List.of(
          "cost_breakdown.service_tier",
          "metadata.usage_object.service_tier",
          "response.service_tier",
          "model_parameters.service_tier");

  /// Types of calls that make, ask for, or change an object that outlives them.
  private static final Pattern OBJECT =
      Pattern.compile(
          "a?(?:(?:create|retrieve|cancel|list|delete|update|get|upload)_(?!messages).*"
              + "|(?:file|video|vector_store)_.*)");

  /// A response that may be made in the background, and be asked for later.
  private static final Pattern RESPONSE =
      Pattern.compile("_?a?(?:responses|responses_websocket|create_interaction)");

  /// Of these the ones that make a response, as any call does.
  private static final Pattern CALL =
      Pattern.compile("a?(?:create_(?:interaction|realtime.*)|vector_store_search)");

  private static final String FAILURE = "failure";
  private static final Pattern WITHOUT_OFFSET =
      Pattern.compile("[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?");

  private final Map<?, ?> payload;
  private final Translation event = new Translation("");

  private LiteLlm(Map<?, ?> payload) {
    this.payload = payload;
  }

  static List<Reading> read(Map<?, ?> payload) {
    LiteLlm call = new LiteLlm(payload);
    if (call.tellsNothing()) {
      return List.of();
    }
    Object id = call.id();
    try {
      return List.of(call.translated(id));
    } catch (InvalidJsonException noTime) {
      return List.of(new Reading.Refused(id instanceof String text ? text : "", noTime.summary()));
    }
  }

  /// Whether this is about an object, and tells of no usage.
  private boolean tellsNothing() {
    return (isObject() || makesObject())
        && !failed()
        && Stream.of("response_cost", "prompt_tokens", "completion_tokens")
            .map(payload::get)
            .allMatch(
                value ->
                    value == null || (value instanceof BigDecimal count && count.signum() == 0));
  }

  private boolean isObject() {
    return OBJECT.matcher(type()).matches() && !CALL.matcher(type()).matches();
  }

  /// Whether the call made a response that may be asked for again.
  private boolean makesObject() {
    return RESPONSE.matcher(type()).matches();
  }

  private String type() {
    return payload.get("call_type") instanceof String type ? type : "";
  }

  private Reading translated(@Nullable Object id) {
    event.require("eventId", "id", id);
    time();
    event.names(NAMES, this::at);
    model();
    event.counts(TOKENS, this::at);
    SERVICE_TIERS.stream()
        .map(this::at)
        .filter(String.class::isInstance)
        .findFirst()
        .ifPresent(tier -> event.put("serviceTier", "service_tier", SafeText.name((String) tier)));
    cost();
    tags();
    return event.done();
  }

  private @Nullable Object id() {
    Object id = id("id") == null ? id("litellm_call_id") : id("id");
    if (!(id instanceof String text)) {
      return id;
    }
    String own = SafeText.id(text);
    if (!failed()) {
      if (isObject()) {
        event.put("object", "call_type", "object of LiteLLM");
        return own;
      }
      event.formerly(own);
      if (makesObject()) {
        event.made(own);
      }
    }
    Object start = payload.get("startTime");
    return start == null ? own : SafeText.id(text + " " + start);
  }

  /// Python writes its own word for nothing when a response has no id.
  private @Nullable Object id(String name) {
    Object id = payload.get(name);
    return id instanceof String text && (PrintableText.isInvisible(text) || text.equals("None"))
        ? null
        : id;
  }

  private void time() {
    String name =
        payload.get("endTime") == null && payload.get("startTime") != null
            ? "startTime"
            : "endTime";
    Object time = payload.get(name);
    event.require(
        "occurredAt",
        name,
        switch (time) {
          case BigDecimal seconds -> Translation.instant(seconds, name).toString();
          case String text -> iso(text);
          case null, default -> time;
        });
  }

  /// Python writes a time with a space, and without an offset if it has none.
  private static String iso(String text) {
    String iso = text.replaceFirst("^([0-9-]{10}) ", "$1T");
    return WITHOUT_OFFSET.matcher(iso).matches() ? iso + "Z" : iso;
  }

  /// Some models have their provider as a prefix.
  private void model() {
    if (payload.get("model") instanceof String model
        && payload.get("custom_llm_provider") instanceof String provider
        && !provider.isBlank()
        && model.length() > provider.length() + 1
        && model.startsWith(provider + "/")) {
      event.put("model", "model", SafeText.name(model.substring(provider.length() + 1)));
    }
  }

  private void cost() {
    Object cost = LiteLlmCost.of(payload.get("response_cost"));
    boolean isNothing = cost == null || (cost instanceof BigDecimal amount && amount.signum() == 0);
    if (!isNothing) {
      event.put("cost", "response_cost", cost);
      event.put("currency", "the currency of response_cost (USD)", "USD");
    } else if (failed() || Boolean.TRUE.equals(payload.get("cache_hit"))) {
      event.put("cost", "response_cost", BigDecimal.ZERO);
    }
  }

  private void tags() {
    if (payload.get("trace_id") instanceof String trace) {
      event.tag("session", trace);
    }
    if (failed()) {
      event.tag("status", FAILURE);
    }
    if (payload.get("request_tags") instanceof List<?> list) {
      list.stream().filter(String.class::isInstance).map(String.class::cast).forEach(this::tag);
    }
  }

  private void tag(String text) {
    String[] parts = text.split("[:=]", 2);
    event.tag(parts[0], parts.length > 1 ? parts[1] : "true");
  }

  private boolean failed() {
    return FAILURE.equals(payload.get("status"));
  }

  /// The value at a path of names.
  private @Nullable Object at(String path) {
    return ExactJson.at(payload, path);
  }
}
