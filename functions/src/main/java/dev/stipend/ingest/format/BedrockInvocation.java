package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.FieldRow.row;

import dev.stipend.ingest.format.bedrock.AnswerUsage;
import dev.stipend.ingest.format.bedrock.InvokedModel;
import dev.stipend.ingest.format.bedrock.Principal;
import dev.stipend.ingest.format.bedrock.RequestMetadata;
import dev.stipend.platform.json.ExactJson;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record of Amazon Bedrock's model invocation log, schema `ModelInvocationLog` 1.0.
///
/// - **Id.** `bedrock:` and `requestId`, which AWS makes for one request and no other; the record
///   of a call is the same wherever it was delivered.
/// - **Who.** What the caller said in `requestMetadata`; else, of the user, the principal.
/// - **Tokens.** `inputTokenCount` is the input without what was read from the cache and written to
///   it, as in Converse. What the record lacks, is taken from the answer, where that is in it; so
///   is how long written tokens are kept, which only the answer tells.
/// - **Failures.** A call with an `errorCode` that used nothing is no event. One that broke off
///   counts with what it used, and has the tag `status=failure`.
final class BedrockInvocation {
  private static final String SCHEMA = "ModelInvocationLog";
  private static final String ANSWER = "output.outputBodyJson.usage.";

  private static final List<FieldRow> NAMES =
      List.of(
          row("userId", "requestMetadata.userId", "identity.arn"),
          row("teamId", "requestMetadata.teamId"),
          row("agentId", "requestMetadata.agentId"),
          row("workflowId", "requestMetadata.workflowId"),
          row("model", "modelId"));

  private static final List<FieldRow> TOKENS =
      List.of(
          row("inputTokens", "input.inputTokenCount", ANSWER + AnswerUsage.INPUT),
          row("cachedInputTokens", "input.cacheReadInputTokenCount", ANSWER + AnswerUsage.READ),
          row("cacheWriteTokens", "input.cacheWriteInputTokenCount", ANSWER + AnswerUsage.WRITTEN),
          row("cacheWrite1hTokens", ANSWER + AnswerUsage.WRITE_1H),
          row("outputTokens", "output.outputTokenCount", ANSWER + AnswerUsage.OUTPUT));

  private final Map<?, ?> log;
  private final AnswerUsage answer;
  private final RequestMetadata said;
  private final Principal principal;
  private final Translation event = new Translation("");

  private BedrockInvocation(Map<?, ?> log) {
    this.log = log;
    this.answer = AnswerUsage.of(at("output.outputBodyJson"));
    this.said = RequestMetadata.of(log.get("requestMetadata"));
    this.principal =
        at("identity.arn") instanceof String arn && !arn.isBlank()
            ? Principal.of(arn)
            : Principal.NOBODY;
  }

  static List<Reading> read(Map<?, ?> log) {
    if (!SCHEMA.equals(log.get("schemaType"))) {
      return List.of(new Reading.Refused("", "schemaType must be \"ModelInvocationLog\""));
    }
    BedrockInvocation call = new BedrockInvocation(log);
    return call.failed() && call.usedNothing() ? List.of() : List.of(call.translated());
  }

  private Reading translated() {
    Object id = log.get("requestId");
    event.require(
        "eventId",
        "requestId",
        id instanceof String text && !text.isBlank() ? SafeText.id("bedrock:" + text) : null);
    event.require("occurredAt", "timestamp", log.get("timestamp"));
    InvokedModel model = model();
    event.put("provider", "the provider (bedrock)", "bedrock");
    event.names(NAMES, source -> name(source, model));
    event.counts(TOKENS, this::count, evidence());
    serviceTier();
    tags(model);
    return event.done();
  }

  private InvokedModel model() {
    return log.get("modelId") instanceof String id
        ? InvokedModel.of(id, answer.model())
        : InvokedModel.of("", answer.model());
  }

  private @Nullable Object name(String source, InvokedModel model) {
    return switch (source) {
      case "modelId" -> model.name();
      case "identity.arn" -> principal.user();
      default -> said.names().get(source.substring(source.indexOf('.') + 1));
    };
  }

  private @Nullable Object count(String source) {
    return source.startsWith(ANSWER)
        ? answer.told().get(source.substring(ANSWER.length()))
        : at(source);
  }

  /// Cached tokens are never in the input. An answer's total is no evidence: not all models count
  /// cached tokens in it.
  private TokenEvidence evidence() {
    Map<String, @Nullable Object> told = new HashMap<>();
    told.put(TokenEvidence.CACHE_WRITE_5M, answer.told().get(AnswerUsage.WRITE_5M));
    return TokenEvidence.takenFrom(told, true);
  }

  /// How the request was served; one that was sped up costs more, too.
  private void serviceTier() {
    String latency = at("performanceConfig.latency") instanceof String text ? text : "";
    String tier = latency.equals("optimized") ? latency : answer.serviceTier();
    if (!tier.isEmpty()) {
      event.put("serviceTier", "serviceTier", SafeText.name(tier));
    }
  }

  /// The caller cannot say other things of its account than AWS does.
  private void tags(InvokedModel model) {
    tag("account", log.get("accountId"));
    tag("region", log.get("region"));
    tag("role", principal.role());
    tag("principal", principal.user());
    tag("inference_profile", model.profile());
    if (failed()) {
      tag("status", "failure");
    }
    said.labels().forEach(event::tagElse);
  }

  private void tag(String name, @Nullable Object value) {
    if (value instanceof String text) {
      event.tag(name, text);
    }
  }

  private boolean failed() {
    return log.get("errorCode") instanceof String code && !code.isBlank();
  }

  /// Whether no tokens were used; what is no number is not nothing, and is refused.
  private boolean usedNothing() {
    return TOKENS.stream()
        .flatMap(row -> row.sources().stream())
        .map(this::count)
        .allMatch(
            value -> value == null || (value instanceof BigDecimal count && count.signum() == 0));
  }

  /// The value at a path of names.
  private @Nullable Object at(String path) {
    return ExactJson.at(log, path);
  }
}
