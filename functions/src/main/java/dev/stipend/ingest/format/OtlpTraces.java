package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An OTLP/JSON `ExportTraceServiceRequest`: an event for each span that tells what a call of a
/// model used. All other spans are ignored.
final class OtlpTraces {
  private final List<Reading> readings = new ArrayList<>();

  private OtlpTraces() {}

  static List<Reading> read(Map<?, ?> request) {
    OtlpTraces traces = new OtlpTraces();
    traces.each("", request, "resourceSpans", traces::resourceSpans);
    return traces.readings;
  }

  private void resourceSpans(String path, Map<?, ?> group) {
    Object resource = group.get("resource");
    try {
      SpanAttributes attributes =
          resource instanceof Map<?, ?> map
              ? SpanAttributes.of(path + ".resource", map)
              : SpanAttributes.NONE;
      each(
          path + ".",
          group,
          "scopeSpans",
          (scopePath, scope) ->
              each(
                  scopePath + ".",
                  scope,
                  "spans",
                  (spanPath, span) -> span(spanPath, span, attributes)));
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused("", wrong.summary()));
    }
  }

  private void span(String path, Map<?, ?> span, SpanAttributes resource) {
    try {
      SpanAttributes attributes = SpanAttributes.of(path, span);
      if (GenAiSpan.tellsUsage(attributes)) {
        readings.add(new GenAiSpan(path, span, attributes.over(resource)).event());
      }
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused(GenAiSpan.id(span), wrong.summary()));
    }
  }

  /// Visits the objects of a list; what is none is refused, and the others are visited.
  private void each(
      String path, Map<?, ?> parent, String name, BiConsumer<String, Map<?, ?>> visit) {
    Object value = parent.get(name);
    if (value == null) {
      return;
    }
    if (!(value instanceof List<?> list)) {
      refuse(path + name, "must be a list");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String where = path + name + "[" + i + "]";
      @Nullable Object element = list.get(i);
      if (element instanceof Map<?, ?> object) {
        visit.accept(where, object);
      } else {
        refuse(where, "must be an object");
      }
    }
  }

  private void refuse(String field, String message) {
    readings.add(new Reading.Refused("", field + " " + message));
  }
}
