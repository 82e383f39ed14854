package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.platform.json.JsonFields;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The languages that messages are written in.
public final class Languages {
  private static final String FIELD = "locale";
  private static final int LONGEST_TAG = 35;
  private static final List<String> KNOWN = List.of("en", "es");

  private Languages() {}

  /// The locale of who reads a channel: its own, else that of the workspace, else English.
  public static Locale of(Channel channel, AlertSnapshot snapshot) {
    return of(channel, snapshot.locale());
  }

  /// The same, given the workspace's locale.
  public static Locale of(Channel channel, @Nullable String workspaceLocale) {
    return known(channel.config().get(FIELD))
        .or(() -> known(workspaceLocale))
        .orElse(Locale.ENGLISH);
  }

  /// The workspace's locale, if its language is known, else English.
  public static Locale of(AlertSnapshot snapshot) {
    return known(snapshot.locale()).orElse(Locale.ENGLISH);
  }

  /// Reads what a channel says of its readers' language.
  public static Map<String, String> readConfig(JsonFields config) {
    Optional<String> tag = config.text(FIELD, LONGEST_TAG);
    if (tag.isPresent() && known(tag.get()).isEmpty()) {
      config.error(FIELD, "must be English or Spanish as a language tag, such as en, en-GB or es");
    }
    return tag.map(text -> Map.of(FIELD, text)).orElse(Map.of());
  }

  private static Optional<Locale> known(@Nullable String tag) {
    try {
      return Optional.ofNullable(tag)
          .map(text -> new Locale.Builder().setLanguageTag(text.strip()).build())
          .filter(locale -> KNOWN.contains(locale.getLanguage()));
    } catch (IllformedLocaleException noTag) {
      return Optional.empty();
    }
  }
}
