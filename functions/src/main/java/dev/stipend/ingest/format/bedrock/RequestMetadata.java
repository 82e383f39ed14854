package dev.stipend.ingest.format.bedrock;

import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller said of its call: `requestMetadata`, texts by keys of the caller's choice.
///
/// @param names whom the call belongs to, by the native fields of an event
/// @param labels what else was said, by the keys as they were sent
public record RequestMetadata(Map<String, String> names, Map<String, String> labels) {
  /// Keys in small letters, without what separates words; the first that is there counts. The last
  /// ones are LiteLLM's.
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "userId",
          List.of(
              "userid",
              "user",
              "enduser",
              "enduserid",
              "username",
              "useremail",
              "userapikeyuserid"),
          "teamId",
          List.of("teamid", "team", "teamname", "userapikeyteamid", "userapikeyteamalias"),
          "agentId",
          List.of("agentid", "agent", "agentname", "userapikeyalias"),
          "workflowId",
          List.of("workflowid", "workflow", "workflowname"));

  /// Reads it; what is no text or number is left out.
  public static RequestMetadata of(@Nullable Object metadata) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (metadata instanceof Map<?, ?> entries) {
      entries.forEach(
          (key, value) -> {
            String text = text(value);
            if (!PrintableText.isInvisible(text)) {
              labels.put(String.valueOf(key), text);
            }
          });
    }
    Map<String, String> names = new LinkedHashMap<>();
    KEYS.forEach(
        (field, spellings) -> {
          String key = best(labels, spellings);
          String name = labels.remove(key);
          if (name != null) {
            names.put(field, name);
          }
        });
    return new RequestMetadata(names, labels);
  }

  /// The key that counts; empty if there is none.
  private static String best(Map<String, String> labels, List<String> spellings) {
    return spellings.stream()
        .flatMap(spelling -> labels.keySet().stream().filter(key -> plain(key).equals(spelling)))
        .findFirst()
        .orElse("");
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal number -> number.toString();
      case null, default -> "";
    };
  }
}
