package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An OTLP/JSON `ExportLogsServiceRequest`: an event for each record that tells what a call of a
/// model used. All others are ignored.
///
/// - A coding agent's records are read by its row of {@link CodingAgents}, and only those that the
///   row names: what else it tells of tokens repeats them.
/// - Any other record with `gen_ai.usage.*` is read as the span would be that it describes.
final class OtlpLogs {
  private static final String USAGE = "gen_ai.usage.";

  /// The event that stands for the span of one call, and is written in it.
  private static final String OPERATION = "gen_ai.client.inference.operation.details";

  private static final String SPAN = "resourceSpans[0].scopeSpans[0].spans[0]";

  private final List<Reading> readings = new ArrayList<>();

  private OtlpLogs() {}

  static List<Reading> read(Map<?, ?> request) {
    OtlpLogs logs = new OtlpLogs();
    logs.each("", request, "resourceLogs", logs::resourceLogs);
    return logs.readings;
  }

  private void resourceLogs(String path, Map<?, ?> group) {
    try {
      SpanAttributes resource =
          group.get("resource") instanceof Map<?, ?> map
              ? SpanAttributes.of(path + ".resource", map)
              : SpanAttributes.NONE;
      each(
          path + ".",
          group,
          "scopeLogs",
          (scopePath, logs) ->
              each(
                  scopePath + ".",
                  logs,
                  "logRecords",
                  (logPath, log) -> record(logPath, log, resource, group, logs)));
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused("", wrong.summary()));
    }
  }

  private void record(
      String path, Map<?, ?> fields, SpanAttributes resource, Map<?, ?> group, Map<?, ?> logs) {
    try {
      LogRecord log = LogRecord.of(path, fields, resource, LogRecord.scopeName(logs));
      Optional<CodingAgent> agent = CodingAgents.known().writerOf(log);
      if (agent.isPresent()) {
        if (agent.get().tellsUsage(log)) {
          readings.add(new AgentCall(agent.get(), log).event());
        }
      } else if (log.own().values().keySet().stream().anyMatch(key -> key.startsWith(USAGE))) {
        readings.addAll(asSpan(log, group, logs));
      }
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused("", wrong.summary()));
    }
  }

  private static List<Reading> asSpan(LogRecord log, Map<?, ?> group, Map<?, ?> logs) {
    Map<String, @Nullable Object> span = new HashMap<>(ids(log));
    span.put("endTimeUnixNano", log.nanos());
    span.put("attributes", log.fields().get("attributes"));
    Map<String, @Nullable Object> spans = new HashMap<>();
    spans.put("scope", logs.get("scope"));
    spans.put("spans", List.of(span));
    Map<String, @Nullable Object> resource = new HashMap<>();
    resource.put("resource", group.get("resource"));
    resource.put("scopeSpans", List.of(spans));
    return OtlpTraces.read(Map.of("resourceSpans", List.of(resource))).stream()
        .map(reading -> placed(reading, log.path()))
        .toList();
  }

  /// A record of one call has the id of the span of that call, so that both count once. Others may
  /// stand in one span together.
  private static Map<String, String> ids(LogRecord log) {
    if (log.names().contains(OPERATION)
        && log.fields().get("traceId") instanceof String trace
        && log.fields().get("spanId") instanceof String span
        && !PrintableText.isInvisible(trace)
        && !PrintableText.isInvisible(span)) {
      return Map.of("traceId", trace, "spanId", span);
    }
    return Map.of("traceId", "log", "spanId", log.digest());
  }

  /// Names the record in place of the span that it was read as.
  private static Reading placed(Reading reading, String path) {
    return switch (reading) {
      case Reading.Refused refused ->
          new Reading.Refused(refused.eventId(), refused.reason().replace(SPAN, path));
      case Reading.Usable usable -> {
        Map<String, String> names = new HashMap<>(usable.names().names());
        names.replaceAll((field, name) -> name.replace(SPAN, path));
        yield new Reading.Usable(
            usable.json(),
            new FieldNames(usable.names().prefix().replace(SPAN, path), names),
            usable.origin(),
            usable.unknown());
      }
      case Reading.Unknown told -> told;
    };
  }

  private void each(
      String path, Map<?, ?> parent, String name, BiConsumer<String, Map<?, ?>> visit) {
    OtlpList.each(path, parent, name, readings::add, visit);
  }
}
