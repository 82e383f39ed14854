package dev.stipend.ingest.format;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A library that makes spans, and how it names what they tell. Its own names go before those of
/// all others, because spans carry the names of several.
///
/// @param library its name
/// @param scopes by which of its instrumentation scopes it is known
/// @param prefixes by which attributes it is known otherwise
/// @param tokens the native fields of tokens, see {@link TokenParts}, and what helps to read them,
///     by the attributes that tell them
/// @param names whom and what a call belongs to
/// @param tags labels
/// @param model which model answered
/// @param provider who sold it
/// @param responseId the provider's id of the answer
/// @param serviceTier how the request was served
/// @param cost what the library says that it cost, in US dollars; empty where it is not relied on
/// @param calls what says that a span is a call, by attribute; `@name` is the span's name
/// @param noCalls what says that it is none
/// @param inputApartFor providers for which the library counts cached tokens apart from the input
/// @param known all names of its tokens
/// @param ignored what looks like usage and is none, or repeats what is told otherwise
record SpanSender(
    String library,
    Wildcards scopes,
    List<String> prefixes,
    Map<String, List<Spelling>> tokens,
    List<FieldRow> names,
    List<FieldRow> tags,
    FieldRow model,
    FieldRow provider,
    FieldRow responseId,
    FieldRow serviceTier,
    FieldRow cost,
    Map<String, Wildcards> calls,
    Map<String, Wildcards> noCalls,
    Set<String> inputApartFor,
    Set<String> known,
    Wildcards ignored) {
  static final String NAME = "@name";

  /// A name of a field.
  ///
  /// @param field the native one
  /// @param name the sender's, see {@link SpanValues}
  /// @param place its place among all: a field's best name comes before its others
  record Spelling(String field, String name, int place) {}

  /// Whether an attribute of a span, or its name, is among some.
  static boolean match(Map<String, Wildcards> some, SpanAttributes attributes, String name) {
    for (Map.Entry<String, Wildcards> each : some.entrySet()) {
      Object value = each.getKey().equals(NAME) ? name : attributes.get(each.getKey());
      if (value instanceof String text && each.getValue().match(text)) {
        return true;
      }
    }
    return false;
  }

  boolean isKnownBy(String scope) {
    return !scope.isEmpty() && scopes.match(scope);
  }

  boolean isKnownBy(SpanAttributes attributes) {
    for (String prefix : prefixes) {
      for (String key : attributes.values().keySet()) {
        if (key.startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }
}
