package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;

/// What messages become, for tests of the translations.
final class Translated {
  private Translated() {}

  static Intake intake(String... messages) {
    return Intake.of(Arrays.stream(messages).map(ExactJson::parse).toList());
  }

  /// The native events of messages of which nothing is refused.
  static List<Object> events(String... messages) {
    Intake intake = intake(messages);
    assertThat(intake.refusals()).isEmpty();
    return intake.events().stream().map(event -> Objects.requireNonNull(event.json())).toList();
  }

  static Map<?, ?> event(String message) {
    assertThat(events(message)).hasSize(1);
    return (Map<?, ?>) events(message).getFirst();
  }

  /// Why the only thing in a message is refused.
  static String refusal(String message) {
    Intake intake = intake(message);
    assertThat(intake.events()).isEmpty();
    assertThat(intake.refusals()).hasSize(1);
    return intake.refusals().getFirst().reason();
  }

  /// A message with one of its fields replaced: `"name": value` in place of whatever it was.
  static String with(String message, String name, String value) {
    String pattern = "\"" + name.replace(".", "\\.") + "\": (\"[^\"]*\"|[^,\\n]*)";
    assertThat(message).containsPattern(pattern);
    return message.replaceFirst(pattern, Matcher.quoteReplacement("\"" + name + "\": " + value));
  }
}
