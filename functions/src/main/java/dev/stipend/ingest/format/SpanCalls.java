package dev.stipend.ingest.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Tells the calls of models among the spans of a request that tell tokens.
///
/// - What says of itself that it is no call, is none: an agent, a workflow, a tool.
/// - A span is a call if it says which model answered, and no span below it is the same call. Two
///   are the same if they tell the same tokens or the same id of the answer: a framework's span
///   around that of its SDK. They count once, as the inner one, with all that both tell.
/// - A span that tells the sum of the calls below it is none, even if it names a model.
/// - Usage without a model is that of the calls below it. If there are none, it is no call unless
///   it says so itself, and is reported.
final class SpanCalls {
  /// Deeper ones are made up.
  private static final int DEEPEST = 1_000;

  /// A span around a call has few calls below it, one around many is an aggregate.
  private static final int MOST_COMPARED = 200;

  /// A span with tokens.
  private static final class Node {
    private final int place;
    private final GenAiSpan span;
    private @Nullable Node parent;
    private int children;
    private boolean done;
    private List<Call> calls = new ArrayList<>();
    private List<GenAiSpan> withoutModel = new ArrayList<>();

    Node(int place, GenAiSpan span) {
      this.place = place;
      this.span = span;
    }
  }

  /// One call.
  ///
  /// @param place of its span among all
  /// @param around other spans of the same call, the inner ones first
  record Call(int place, GenAiSpan span, List<GenAiSpan> around) {
    boolean is(GenAiSpan other) {
      return span.usage().isSame(other.usage())
          || (!other.responseId().isEmpty() && other.responseId().equals(span.responseId()));
    }
  }

  /// What was found.
  ///
  /// @param calls in the order of their spans
  /// @param withoutModel what tells usage of nobody knows what
  record Found(List<Call> calls, List<GenAiSpan> withoutModel) {}

  private final Map<String, String> parents = new HashMap<>();
  private final Map<String, Node> byId = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();

  /// Takes note of a span.
  ///
  /// @param tokens the same span, if it tells tokens
  void add(Map<?, ?> span, @Nullable GenAiSpan tokens) {
    String id = GenAiSpan.id(span);
    if (!id.isEmpty()
        && span.get("parentSpanId") instanceof String parent
        && !parent.isEmpty()
        && !parent.equals(span.get("spanId"))) {
      parents.put(id, SafeText.id(span.get("traceId") + "-" + parent));
    }
    if (tokens != null) {
      Node node = new Node(nodes.size(), tokens);
      nodes.add(node);
      if (!id.isEmpty()) {
        byId.putIfAbsent(id, node);
      }
    }
  }

  Found find() {
    Queue<Node> ready = new ArrayDeque<>();
    for (Node node : nodes) {
      node.parent = above(node);
      if (node.parent != null) {
        node.parent.children++;
      }
    }
    nodes.stream().filter(node -> node.children == 0).forEach(ready::add);
    List<Call> calls = new ArrayList<>();
    List<GenAiSpan> withoutModel = new ArrayList<>();
    while (!ready.isEmpty()) {
      Node node = ready.remove();
      decide(node);
      Node parent = node.parent;
      List<Call> into = parent == null ? calls : parent.calls;
      into.addAll(node.calls);
      (parent == null ? withoutModel : parent.withoutModel).addAll(node.withoutModel);
      node.calls = List.of();
      node.withoutModel = List.of();
      if (parent != null && --parent.children == 0) {
        ready.add(parent);
      }
    }
    // Spans that stand below each other have no order: each is looked at alone.
    for (Node node : nodes) {
      if (!node.done) {
        decide(node);
        calls.addAll(node.calls);
        withoutModel.addAll(node.withoutModel);
      }
    }
    calls.sort(Comparator.comparingInt(Call::place));
    return new Found(calls, withoutModel);
  }

  /// The nearest span above that tells tokens, too.
  private @Nullable Node above(Node node) {
    @Nullable String id = parents.get(node.span.id());
    for (int level = 0; id != null && level < DEEPEST; level++) {
      Node found = byId.get(id);
      if (found != null) {
        return found == node ? null : found;
      }
      id = parents.get(id);
    }
    return null;
  }

  private static void decide(Node node) {
    node.done = true;
    GenAiSpan span = node.span;
    if (span.tellsNothing()) {
      return;
    }
    if (span.isNoCall() || (span.model().isEmpty() && !span.isCall())) {
      if (!span.isNoCall() && node.calls.isEmpty() && node.withoutModel.isEmpty()) {
        node.withoutModel.add(span);
      }
      return;
    }
    for (Call call : node.calls.subList(0, Math.min(node.calls.size(), MOST_COMPARED))) {
      if (call.is(span)) {
        call.around().add(span);
        return;
      }
    }
    if (isSum(span.usage(), node.calls.stream().map(Call::span).toList())) {
      return;
    }
    if (isSum(span.usage(), node.withoutModel)) {
      node.withoutModel.clear();
    }
    node.withoutModel.removeIf(below -> below.usage().isSame(span.usage()));
    node.calls.add(new Call(node.place, span, new ArrayList<>()));
  }

  private static boolean isSum(SpanUsage whole, List<GenAiSpan> parts) {
    long input = 0;
    long fresh = 0;
    long output = 0;
    long said = 0;
    for (GenAiSpan part : parts) {
      input += part.usage().input();
      fresh += part.usage().fresh();
      output += part.usage().output();
      said += part.usage().said();
    }
    return !parts.isEmpty()
        && whole.counted()
        && (whole.input() == input || whole.input() == fresh)
        && (whole.output() == output || whole.output() == said);
  }
}
