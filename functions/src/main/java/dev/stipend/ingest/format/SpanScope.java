package dev.stipend.ingest.format;

import dev.stipend.platform.json.PrintableText;
import java.util.Map;
import java.util.Optional;

/// The instrumentation scope of a span: the library that made it.
///
/// @param name its name; empty if nobody said
/// @param version its version; may be empty
/// @param sender the library, if the table knows it
record SpanScope(String name, String version, Optional<SpanSender> sender) {
  /// @param scopeSpans spans of one scope, as OTLP groups them
  static SpanScope of(Map<?, ?> scopeSpans) {
    if (!(scopeSpans.get("scope") instanceof Map<?, ?> scope)) {
      return new SpanScope("", "", Optional.empty());
    }
    String name = text(scope, "name");
    return new SpanScope(name, text(scope, "version"), SenderTable.TABLE.senderOf(name));
  }

  private static String text(Map<?, ?> scope, String name) {
    return scope.get(name) instanceof String text && !PrintableText.isInvisible(text) ? text : "";
  }
}
