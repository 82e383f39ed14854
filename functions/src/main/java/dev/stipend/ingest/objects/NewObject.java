package dev.stipend.ingest.objects;

import dev.stipend.platform.json.PrintableText;
import java.util.List;

/// An object that was told of.
///
/// @param bucket the name of its bucket
/// @param key its key, as the bucket knows it
public record NewObject(String bucket, String key) {
  private static final int LONGEST = 300;

  /// Bedrock writes below `AWSLogs/ACCOUNT/BedrockModelInvocationLogs/REGION/`, whatever stands
  /// before.
  private static final String LOGS = "BedrockModelInvocationLogs";

  private static final String BODIES = "data";

  /// Whether it is one of Bedrock's model invocation logs, by its key.
  public boolean isInvocationLog() {
    List<String> parts = List.of(key.split("/", -1));
    String name = parts.getLast();
    int logs = parts.indexOf(LOGS);
    return logs >= 0
        && !parts.subList(logs, parts.size() - 1).contains(BODIES)
        && (name.endsWith(".json.gz") || name.endsWith(".json"))
        && !name.contains("permission-check");
  }

  /// What to call it in a log.
  public String shown() {
    return PrintableText.of("s3://" + bucket + "/" + key, LONGEST);
  }
}
