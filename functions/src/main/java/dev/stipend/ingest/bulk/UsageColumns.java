package dev.stipend.ingest.bulk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which column of a CSV file of usage means what.
///
/// @param places the place of each column, from 0, by its canonical name
public record UsageColumns(Map<String, Integer> places) {
  /// What the name of a label's column begins with; the rest is the label's own name.
  static final String TAG = "tag.";

  public static final String EVENT_ID = "event_id";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String COST = "cost";
  public static final String MODEL = "model";

  /// Columns that are texts, with the fields of an event that they become.
  public static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("user_id", "userId"),
          Map.entry("agent_id", "agentId"),
          Map.entry("workflow_id", "workflowId"),
          Map.entry("team_id", "teamId"),
          Map.entry("provider", "provider"),
          Map.entry(MODEL, "model"),
          Map.entry("currency", "currency"),
          Map.entry("kind", "kind"),
          Map.entry("corrects", "corrects"),
          Map.entry("service_tier", "serviceTier"));

  /// Columns that are counts, with the fields of an event that they become.
  public static final Map<String, String> COUNTS =
      Map.ofEntries(
          Map.entry("input_tokens", "inputTokens"),
          Map.entry("cached_input_tokens", "cachedInputTokens"),
          Map.entry("cache_write_tokens", "cacheWriteTokens"),
          Map.entry("cache_write_1h_tokens", "cacheWrite1hTokens"),
          Map.entry("audio_input_tokens", "audioInputTokens"),
          Map.entry("cached_audio_input_tokens", "cachedAudioInputTokens"),
          Map.entry("image_input_tokens", "imageInputTokens"),
          Map.entry("cached_image_input_tokens", "cachedImageInputTokens"),
          Map.entry("output_tokens", "outputTokens"),
          Map.entry("reasoning_tokens", "reasoningTokens"),
          Map.entry("audio_output_tokens", "audioOutputTokens"),
          Map.entry("image_output_tokens", "imageOutputTokens"));

  private static final Map<String, String> ALIASES =
      Map.of(
          "timestamp",
          OCCURRED_AT,
          "contexttokens",
          "input_tokens",
          "generatedtokens",
          "output_tokens");

  /// Reads a header row.
  ///
  /// @param file names the file in errors
  /// @throws UnusableFileException naming the column that is unknown, doubled or missing, and the
  ///     names that are known
  public static UsageColumns of(List<String> header, Object file) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String title : header) {
      String name = canonical(title.strip());
      if (!isKnown(name)) {
        throw new UnusableFileException(
            "%s has an unknown column \"%s\"; known are event_id, occurred_at, cost, %s, %s, tag.*, and TIMESTAMP, ContextTokens, GeneratedTokens."
                .formatted(file, title, names(TEXTS.keySet()), names(COUNTS.keySet())));
      }
      if (places.putIfAbsent(name, places.size()) != null) {
        throw new UnusableFileException(
            "%s has two columns for %s: \"%s\" is the second.".formatted(file, name, title));
      }
    }
    if (!places.containsKey(OCCURRED_AT)) {
      throw new UnusableFileException(
          "%s has no column occurred_at (or TIMESTAMP), the time of each event.".formatted(file));
    }
    return new UsageColumns(places);
  }

  /// Whether a row can have a cost, or a model to price it by.
  ///
  /// @param assumed the columns that have a value where the file has none
  public boolean tellPrices(Set<String> assumed) {
    return places.containsKey(COST) || places.containsKey(MODEL) || assumed.contains(MODEL);
  }

  private static boolean isKnown(String name) {
    return name.equals(EVENT_ID)
        || name.equals(OCCURRED_AT)
        || name.equals(COST)
        || TEXTS.containsKey(name)
        || COUNTS.containsKey(name)
        || (name.startsWith(TAG) && name.length() > TAG.length());
  }

  private static String names(Set<String> columns) {
    return String.join(", ", columns.stream().sorted().toList());
  }

  private static String canonical(String title) {
    String lower = title.toLowerCase(Locale.ROOT);
    // What follows tag. is the caller's own word, upper case included.
    return lower.startsWith(TAG)
        ? TAG + title.substring(TAG.length())
        : ALIASES.getOrDefault(lower, lower);
  }
}
