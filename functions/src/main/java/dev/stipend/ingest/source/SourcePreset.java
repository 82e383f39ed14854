package dev.stipend.ingest.source;

import dev.stipend.platform.json.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table that is known: nobody has to say which column is what.
public enum SourcePreset {
  AGENTS_PLATFORM("packs/agents-platform/source.sql"),
  AI_AGENT_SYSTEM("packs/ai-agent-system/source.sql"),
  PROMPT_BUDGET("packs/prompt-budget/source.sql"),
  LITELLM("sources/litellm.sql");

  private static final Pattern SETTING = Pattern.compile("(?m)^-- ([a-z]+): (.+)$");

  private final String file;

  SourcePreset(String file) {
    this.file = file;
  }

  /// The presets by their names, such as `agents-platform`.
  public static Map<String, SourcePreset> choices() {
    Map<String, SourcePreset> choices = new TreeMap<>();
    for (SourcePreset preset : values()) {
      choices.put(preset.label(), preset);
    }
    return choices;
  }

  /// Its name.
  public String label() {
    return Labels.of(this).replace('_', '-');
  }

  /// What the file says.
  ///
  /// @param relation the table's usual name
  /// @param order the column of the time, by which rows are read
  /// @param id the column that identifies a row
  /// @param needs the other columns that the table must have
  /// @param gives the columns of the query
  /// @param lookback how long after its time a row may come
  /// @param sql the query, which reads from `page`
  record Definition(
      String relation,
      String order,
      String id,
      List<String> needs,
      List<String> gives,
      Duration lookback,
      String sql) {}

  Definition definition() {
    String text = text();
    Map<String, String> settings =
        SETTING
            .matcher(text)
            .results()
            .collect(Collectors.toMap(line -> line.group(1), SourcePreset::value));
    return new Definition(
        setting(settings, "relation"),
        setting(settings, "order"),
        setting(settings, "id"),
        names(setting(settings, "needs")),
        names(setting(settings, "gives")),
        Duration.parse("PT" + setting(settings, "lookback")),
        text.substring(text.indexOf("SELECT")));
  }

  private static String value(MatchResult line) {
    return line.group(2).strip();
  }

  private String setting(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalStateException(file + " does not say its " + name);
    }
    return value;
  }

  private static List<String> names(String list) {
    return List.of(list.split(",\\s*", -1));
  }

  private String text() {
    try (InputStream in = SourcePreset.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
