package dev.stipend.console.channel;

import dev.stipend.budget.Severity;
import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Form;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.platform.json.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The form of a channel.
final class ChannelForm {
  static final String KIND = "kind";
  private static final String CONFIG = "config";
  private static final String LOCALE = "locale";

  private ChannelForm() {}

  /// What channels of a kind may be configured with; the names are those of the API.
  static List<String> config(ChannelKind kind) {
    List<String> own =
        switch (kind) {
          case SLACK_WEBHOOK -> List.of("urlSecret");
          case SLACK_BOT -> List.of("tokenSecret", "channel", "raiseMembers");
          case EMAIL -> List.of("to");
          case WEBHOOK -> List.of("urlSecret", "signingSecret");
          case TABLE -> List.of("preset", "urlSecret", "schema");
        };
    return kind.isForPeople() ? Stream.concat(own.stream(), Stream.of(LOCALE)).toList() : own;
  }

  /// A channel as the form shows it.
  static Form of(ChannelRecord found) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", found.channel().name());
    values.put("minSeverity", Labels.of(found.channel().minSeverity()));
    values.put("isDefault", Boolean.toString(found.isDefault()));
    values.put("isFallback", Boolean.toString(found.isFallback()));
    found.channel().config().forEach((name, value) -> values.put(CONFIG + "." + name, value));
    return Form.of(values);
  }

  /// What the API would be sent.
  static Map<String, Object> body(Form form) {
    Map<String, Object> body = form.texts("name", "minSeverity");
    body.put(CONFIG, form.below(CONFIG));
    body.put("isDefault", form.isTicked("isDefault"));
    body.put("isFallback", form.isTicked("isFallback"));
    return body;
  }

  static List<Choice> severities(ConsoleText text) {
    return Stream.of(Severity.values())
        .map(Labels::of)
        .map(label -> new Choice(label, text.name("severity", label)))
        .toList();
  }

  static Choice kind(ChannelKind kind, ConsoleText text) {
    String label = Labels.of(kind);
    return new Choice(label, text.say("alert.kind." + label));
  }
}
