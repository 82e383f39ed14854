package dev.stipend.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// A log of Bedrock's model invocations, and the messages that tell of it or hold it.
public final class BedrockLog {
  public static final String BUCKET = "example-bedrock-logs";
  public static final String FOLDER =
      "team a/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/06/15/11/";
  public static final String KEY = FOLDER + "20260615T115930123Z_0123456789abcdef.json.gz";

  private BedrockLog() {}

  /// The log as it stands in an object.
  public static String text() {
    try {
      return Files.readString(Path.of("src/test/resources/forms/bedrock-invocations.jsonl"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /// Its records.
  public static List<String> lines() {
    return text().lines().toList();
  }

  /// The id of the event that a record becomes, by its number from 1.
  public static String id(int number) {
    return "bedrock:0a1b2c3d-000%d-4000-8000-00000000000%d".formatted(number, number);
  }

  /// How S3 tells of an object: its key encoded as in a form.
  public static String s3(String key) {
    return Forms.text("s3-notification").replace("KEY", key.replace(" ", "+"));
  }

  /// How EventBridge does.
  public static String eventBridge(String key) {
    return Forms.text("s3-eventbridge").replace("KEY", key);
  }

  /// A message as SNS passes it on.
  public static String sns(String message) {
    return Forms.text("s3-sns").replace("MESSAGE", quoted(message));
  }

  /// What CloudWatch Logs delivers.
  public static String subscription(List<String> messages) {
    return awslogs(delivery(messages));
  }

  /// The same before it is compressed.
  public static String delivery(List<String> messages) {
    String form = Forms.text("cloudwatch-subscription");
    String event = form.substring(form.indexOf("{\n   \"id\""), form.lastIndexOf(']')).strip();
    return form.replace(
        event,
        messages.stream()
            .map(message -> event.replace("MESSAGE", quoted(message)))
            .collect(Collectors.joining(",")));
  }

  /// Any text, compressed as CloudWatch Logs does.
  public static String awslogs(String text) {
    return "{\"awslogs\":{\"data\":\"%s\"}}"
        .formatted(Base64.getEncoder().encodeToString(LogBucket.compressed(text)));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
