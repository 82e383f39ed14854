package dev.stipend.ingest.format;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The coding agents whose log records are understood. They stand in `senders/coding-agents.json`,
/// each with the version that it was checked against.
final class CodingAgents {
  private static final String FILE = "/senders/coding-agents.json";
  private static final int LONGEST = 200;
  private static final int MOST = 50;

  /// Read when the first message with spans or log records comes.
  private static final class Known {
    static final CodingAgents FROM_FILE = new CodingAgents(read());
  }

  private final List<CodingAgent> agents;

  private CodingAgents(List<CodingAgent> agents) {
    this.agents = agents;
  }

  static CodingAgents known() {
    return Known.FROM_FILE;
  }

  /// Whose a record is.
  Optional<CodingAgent> writerOf(LogRecord log) {
    return agents.stream().filter(agent -> agent.wrote(log)).findFirst();
  }

  /// An export of traces without the spans of agents that tell the same in their log records: both
  /// may be sent, and a call counts once.
  Map<?, ?> withoutRepeats(Map<?, ?> traces) {
    return replaced(
        traces, "resourceSpans", group -> replaced(group, "scopeSpans", this::withoutOwnSpans));
  }

  private Map<?, ?> withoutOwnSpans(Map<?, ?> spans) {
    String scope = LogRecord.scopeName(spans);
    if (agents.stream().noneMatch(agent -> agent.repeatsIn(scope))) {
      return spans;
    }
    Map<Object, @Nullable Object> emptied = new LinkedHashMap<>(spans);
    emptied.put("spans", List.of());
    return emptied;
  }

  private interface Change {
    Map<?, ?> of(Map<?, ?> element);
  }

  /// The same object where nothing changes, which is nearly always.
  private static Map<?, ?> replaced(Map<?, ?> parent, String name, Change change) {
    if (!(parent.get(name) instanceof List<?> list)) {
      return parent;
    }
    List<@Nullable Object> changed = new ArrayList<>(list.size());
    boolean same = true;
    for (@Nullable Object each : list) {
      Object after = each instanceof Map<?, ?> map ? change.of(map) : each;
      same &= after == each;
      changed.add(after);
    }
    if (same) {
      return parent;
    }
    Map<Object, @Nullable Object> copy = new HashMap<>(parent);
    copy.put(name, changed);
    return copy;
  }

  private static List<CodingAgent> read() {
    try (InputStream file =
        Objects.requireNonNull(CodingAgents.class.getResourceAsStream(FILE), FILE)) {
      JsonFields fields =
          JsonFields.of(ExactJson.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
      List<?> listed = fields.list("agents").orElse(List.of());
      List<CodingAgent> agents = new ArrayList<>();
      for (int i = 0; i < listed.size(); i++) {
        agents.add(agent(fields.element("agents", i, listed.get(i))));
      }
      fields.refuseUnknown();
      fields.check();
      return List.copyOf(agents);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static CodingAgent agent(JsonFields fields) {
    for (String required : List.of("agent", "library", "version", "checkedOn", "prefix")) {
      fields.require(required);
      fields.text(required, LONGEST);
    }
    CodingAgent agent =
        new CodingAgent(
            fields.text("agent", LONGEST).orElse(""),
            fields.textList("scopes", LONGEST),
            fields.textList("services", LONGEST),
            fields.text("prefix", LONGEST).orElse(""),
            fields.textList("events", LONGEST),
            fields.texts("where", MOST, LONGEST),
            fields.textList("spans", LONGEST),
            fields.textList("session", LONGEST),
            fields.textList("sequence", LONGEST),
            List.of(
                new FieldRow("userId", fields.textList("user", LONGEST)),
                new FieldRow("teamId", fields.textList("team", LONGEST)),
                new FieldRow("model", fields.textList("model", LONGEST))),
            choice(fields, "provider"),
            rows(fields, "tokens"),
            choice(fields, "serviceTier"),
            fields.textList("reportedCost", LONGEST),
            choice(fields, "plan"),
            rows(fields, "tags"));
    fields.refuseUnknown();
    return agent;
  }

  private static CodingAgent.Choice choice(JsonFields fields, String name) {
    return fields
        .object(name)
        .map(
            choice -> {
              CodingAgent.Choice read =
                  new CodingAgent.Choice(
                      choice.textList("sources", LONGEST),
                      choice.texts("values", MOST, LONGEST),
                      choice.text("otherwise", LONGEST).orElse(""));
              choice.refuseUnknown();
              return read;
            })
        .orElse(CodingAgent.Choice.NONE);
  }

  private static List<FieldRow> rows(JsonFields fields, String name) {
    List<FieldRow> rows = new ArrayList<>();
    if (fields.any(name).orElse(Map.of()) instanceof Map<?, ?> map) {
      JsonFields object = fields.object(name).orElseGet(() -> JsonFields.of(Map.of()));
      for (Object field : map.keySet()) {
        rows.add(new FieldRow(field.toString(), object.textList(field.toString(), LONGEST)));
      }
    }
    return rows;
  }
}
