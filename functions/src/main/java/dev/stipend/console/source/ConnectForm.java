package dev.stipend.console.source;

import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Form;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.ingest.source.CostUnit;
import dev.stipend.ingest.source.SourcePreset;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The forms of a source: of a new one, and of what can be edited.
final class ConnectForm {
  private static final String COLUMNS = "columns";
  private static final String MIRROR = "mirrorBudgets";

  private ConnectForm() {}

  /// What the API would be sent to connect a source.
  ///
  /// @throws InvalidJsonException if a line of the columns names none
  static Map<String, Object> body(Form form) {
    Map<String, Object> body =
        form.texts(
            "name",
            "preset",
            "schema",
            "relation",
            "urlSecret",
            "costUnit",
            "timeZone",
            "writeSecret",
            "from");
    body.putAll(form.numbers("everySeconds", "lookbackSeconds"));
    form.filled(MIRROR).ifPresent(text -> body.put(MIRROR, text.equals(Form.TICKED)));
    form.filled(COLUMNS).ifPresent(text -> body.put(COLUMNS, columns(text)));
    return body;
  }

  private static Map<String, Object> columns(String text) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new InvalidJsonException(COLUMNS, "must have a line such as user_id = who for each");
      }
      columns.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return columns;
  }

  /// What can be edited, as it is.
  static Form of(SpendSource source) {
    return Form.of(
        Map.of(
            "name",
            source.settings().name(),
            "everySeconds",
            Long.toString(source.settings().every().toSeconds()),
            "lookbackSeconds",
            Long.toString(source.settings().lookback().toSeconds())));
  }

  /// What the API would be sent to edit a source.
  static Map<String, Object> edit(Form form) {
    Map<String, Object> body = form.texts("name");
    body.putAll(form.numbers("everySeconds", "lookbackSeconds"));
    return body;
  }

  static List<Choice> presets(ConsoleText text) {
    List<Choice> presets = new ArrayList<>();
    presets.add(new Choice("", text.say("sources.preset.none")));
    SourcePreset.choices().keySet().forEach(label -> presets.add(new Choice(label, label)));
    return presets;
  }

  static List<Choice> units(ConsoleText text) {
    return Stream.concat(
            Stream.of(new Choice("", text.say("sources.usual"))),
            Stream.of(CostUnit.values())
                .map(Labels::of)
                .map(label -> new Choice(label, text.say("sources.unit." + label))))
        .toList();
  }

  static List<Choice> mirroring(ConsoleText text) {
    return List.of(
        new Choice("", text.say("sources.usual")),
        new Choice(Form.TICKED, text.say("sources.mirror.yes")),
        new Choice("false", text.say("sources.mirror.no")));
  }
}
