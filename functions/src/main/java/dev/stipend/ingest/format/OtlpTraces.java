package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// An OTLP/JSON `ExportTraceServiceRequest`: an event for each call of a model. All other spans are
/// ignored, but usage of nobody knows which model is reported.
final class OtlpTraces {
  private final List<Reading> readings = new ArrayList<>();
  private final SpanCalls spans = new SpanCalls();

  private OtlpTraces() {}

  static List<Reading> read(Map<?, ?> request) {
    OtlpTraces traces = new OtlpTraces();
    traces.each("", request, "resourceSpans", traces::resourceSpans);
    SpanCalls.Found found = traces.spans.find();
    found.calls().forEach(traces::call);
    found
        .withoutModel()
        .forEach(span -> traces.readings.add(new Reading.Unknown(span.withoutModel())));
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
          (scopePath, scopeSpans) -> {
            SpanScope scope = SpanScope.of(scopeSpans);
            each(
                scopePath + ".",
                scopeSpans,
                "spans",
                (spanPath, span) -> span(spanPath, span, scope, attributes));
          });
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused("", wrong.summary()));
    }
  }

  private void span(String path, Map<?, ?> span, SpanScope scope, SpanAttributes resource) {
    try {
      SpanAttributes attributes = SpanAttributes.of(path, span);
      GenAiSpan tokens =
          SenderTable.TABLE.mayTellUsage(attributes)
              ? new GenAiSpan(path, span, new SpanValues(attributes, resource), scope)
              : null;
      spans.add(span, tokens != null && tokens.usage().isTold() ? tokens : null);
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused(GenAiSpan.id(span), wrong.summary()));
    }
  }

  private void call(SpanCalls.Call call) {
    try {
      readings.add(call.span().event(call.around()));
    } catch (InvalidJsonException wrong) {
      readings.add(new Reading.Refused(call.span().id(), wrong.summary()));
    }
  }

  private void each(
      String path, Map<?, ?> parent, String name, BiConsumer<String, Map<?, ?>> visit) {
    OtlpList.each(path, parent, name, readings::add, visit);
  }
}
