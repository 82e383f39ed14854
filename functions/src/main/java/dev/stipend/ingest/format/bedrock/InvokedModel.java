package dev.stipend.ingest.format.bedrock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which model was called.
///
/// @param name its id, or that of an inference profile of AWS's own, as the price list has it;
///     the whole ARN of anything else, such as provisioned throughput
/// @param profile the account's own inference profile that it was called by; empty if by none
public record InvokedModel(String name, String profile) {
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:bedrock:[^:]*:[^:]*:([a-z-]+)/(.+)");

  /// Reads it. A profile of the account's own, and a router, say nothing of the model; the answer
  /// may.
  ///
  /// @param modelId an id, or an ARN
  /// @param answered which model the answer is of; empty where it does not tell
  public static InvokedModel of(String modelId, String answered) {
    Matcher arn = ARN.matcher(modelId);
    if (!arn.matches()) {
      return new InvokedModel(modelId, "");
    }
    return switch (arn.group(1)) {
      case "foundation-model", "inference-profile" -> new InvokedModel(arn.group(2), "");
      case "application-inference-profile" ->
          new InvokedModel(answered.isEmpty() ? modelId : plain(answered), arn.group(2));
      case "prompt-router", "default-prompt-router" ->
          new InvokedModel(answered.isEmpty() ? modelId : plain(answered), "");
      default -> new InvokedModel(modelId, "");
    };
  }

  /// Anthropic's answers name the model as Anthropic does, and not where it ran.
  private static String plain(String answered) {
    Matcher arn = ARN.matcher(answered);
    String name = arn.matches() ? arn.group(2) : answered;
    return name.startsWith("claude-") ? "anthropic." + name : name;
  }
}
