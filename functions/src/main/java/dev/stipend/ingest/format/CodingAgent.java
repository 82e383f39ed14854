package dev.stipend.ingest.format;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a coding agent tells in its log records what a call of a model used. Sources are names of
/// attributes; one that begins with `resource:` is the resource's, though the record may have one
/// of that name too.
///
/// @param name what it is called as an agent in the ledger
/// @param scopes the scopes of its records; a `*` at the end stands for any end
/// @param services its names as a service, likewise
/// @param prefix what the full names of its events begin with
/// @param events the events that tell of a call, without the prefix
/// @param where what attributes such a record must have
/// @param spans the scopes of its spans, which repeat what its records tell
/// @param session the run that a call belongs to
/// @param sequence the place of a record among those of its session; none where it tells none
/// @param names whom and what a call belongs to
/// @param provider who sold the model
/// @param tokens native fields, each with the sources that are added up for it
/// @param serviceTier how the call was served
/// @param reportedCost what the agent itself reckons that the call cost, in US dollars
/// @param plan how the agent pays where it does not pay by call
/// @param tags further tags
record CodingAgent(
    String name,
    List<String> scopes,
    List<String> services,
    String prefix,
    List<String> events,
    Map<String, String> where,
    List<String> spans,
    List<String> session,
    List<String> sequence,
    List<FieldRow> names,
    Choice provider,
    List<FieldRow> tokens,
    Choice serviceTier,
    List<String> reportedCost,
    Choice plan,
    List<FieldRow> tags) {
  /// A value that follows from another.
  ///
  /// @param sources where the other is; the first that holds a text counts
  /// @param values what it means
  /// @param otherwise what anything else means; empty for nothing
  record Choice(List<String> sources, Map<String, String> values, String otherwise) {
    static final Choice NONE = new Choice(List.of(), Map.of(), "");

    String of(Function<String, @Nullable Object> attributes) {
      return sources.stream()
          .map(attributes)
          .filter(String.class::isInstance)
          .findFirst()
          .map(told -> values.getOrDefault(told.toString(), otherwise))
          .orElse(otherwise);
    }
  }

  /// Whether a record is this agent's, whatever it tells.
  boolean wrote(LogRecord log) {
    return matches(scopes, log.scope())
        || (log.resource().get("service.name") instanceof String service
            && matches(services, service))
        || log.names().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /// Whether a record of this agent tells what a call used.
  boolean tellsUsage(LogRecord log) {
    return log.names().stream()
            .map(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name)
            .anyMatch(events::contains)
        && where.entrySet().stream()
            .allMatch(each -> each.getValue().equals(log.get(each.getKey())))
        && tokenSources().anyMatch(source -> !isNothing(log.get(source)));
  }

  /// Whether spans of a scope repeat what this agent's records tell.
  boolean repeatsIn(String scope) {
    return matches(spans, scope);
  }

  private Stream<String> tokenSources() {
    return tokens.stream().flatMap(row -> row.sources().stream());
  }

  private static boolean isNothing(@Nullable Object count) {
    return count == null || "0".equals(String.valueOf(count));
  }

  private static boolean matches(List<String> patterns, String name) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern));
  }
}
