package dev.stipend.ingest.format;

import dev.stipend.platform.json.PrintableText;
import java.util.Map;

/// The instrumentation scope of a span: the library that made it.
///
/// @param name its name; empty if nobody said
/// @param version its version; may be empty
record SpanScope(String name, String version) {
  /// @param scopeSpans spans of one scope, as OTLP groups them
  static SpanScope of(Map<?, ?> scopeSpans) {
    return scopeSpans.get("scope") instanceof Map<?, ?> scope
        ? new SpanScope(text(scope, "name"), text(scope, "version"))
        : new SpanScope("", "");
  }

  private static String text(Map<?, ?> scope, String name) {
    return scope.get(name) instanceof String text && !PrintableText.isInvisible(text) ? text : "";
  }
}
