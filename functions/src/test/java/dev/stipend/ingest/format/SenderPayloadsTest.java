package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What real libraries sent, recorded on 2026-11-30 with a model behind them whose usage is known:
/// each file holds the bodies of their requests, without texts.
final class SenderPayloadsTest {
  @ParameterizedTest(name = "{0}: {1} calls")
  @CsvSource({
    // Their logs tell the same calls.
    "claude-code-2.1.332-traces, 0, 0",
    "codex-0.171.0-traces, 0, 0",
    "gemini-cli-0.61.0-traces, 0, 0",
    "langchain-1.5.0-openinference-0.1.80-traces, 4, 0.0267925",
    "langchain-1.5.0-traceloop-0.62.4-traces, 4, 0.0267925",
    "openai-agents-0.24.0-openinference-2.6.0-traces, 6, 0.037185",
    "openai-agents-0.24.0-traceloop-0.62.4-traces, 3, 0.0135925",
    "opencode-1.18.33-traces, 2, 0.0264",
    "pydantic-ai-2.68.0-traces, 5, 0.0336175",
    "strands-agents-1.10.0-traces, 5, 0.0386075",
    "strands-agents-1.62.0-traces, 5, 0.0286075",
    "vercel-ai-5.0.277-traces, 9, 0.0868485",
    "vercel-ai-6.0.325-traces, 9, 0.0668485"
  })
  void everyCallCountsOnceAtItsPrice(String payload, int calls, String cost) {
    assertThat(Translated.events(requests(payload))).hasSize(calls);
    assertThat(Spans.cost(requests(payload))).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-code-2.1.332-traces",
    "claude-code-hour-2.1.332-traces",
    "codex-0.171.0-traces",
    "gemini-cli-0.61.0-traces",
    "langchain-1.5.0-openinference-0.1.80-traces",
    "langchain-1.5.0-traceloop-0.62.4-traces",
    "openai-agents-0.24.0-openinference-2.6.0-traces",
    "openai-agents-0.24.0-traceloop-0.62.4-traces",
    "opencode-1.18.33-traces",
    "pydantic-ai-2.68.0-traces",
    "strands-agents-1.10.0-traces",
    "strands-agents-1.62.0-traces",
    "vercel-ai-5.0.277-traces",
    "vercel-ai-6.0.325-traces"
  })
  void theTableKnowsAllThatTheyTellOfUsage(String payload) {
    for (String request : requests(payload)) {
      assertThat(Spans.unknown(request)).isEmpty();
    }
  }

  @Test
  void aSpanOfTheSdkInsideOfTheFrameworksIsOneCallWithWhatBothTell() {
    Map<?, ?> event = event("pydantic-ai-2.68.0-traces", 4);
    assertThat(String.valueOf(event.get("eventId"))).endsWith("-bec006419d215036");
    assertThat(event.get("agentId")).isEqualTo("claude");
    assertThat(event.get("cacheWriteTokens")).hasToString("900");
  }

  /// Its spans tell the parts of tokens in a text of Python only, but what they cost. A hit of its
  /// cache costs 0.003 by what its span tells; a model without a price has none.
  @Test
  void spansOfLiteLlmsProxyTellTheirCost() {
    List<Map<?, ?>> events = new ArrayList<>();
    Translated.events(requests("litellm-otel-1.106.12-traces"))
        .forEach(event -> events.add((Map<?, ?>) event));
    assertThat(events).hasSize(18);
    assertThat(
            events.stream()
                .map(event -> event.get("cost"))
                .filter(BigDecimal.class::isInstance)
                .map(BigDecimal.class::cast)
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("0.123859");
    assertThat(events.stream().filter(event -> event.get("cost") == null))
        .singleElement()
        .satisfies(event -> assertThat(event.get("model")).isEqualTo("house-model"));
  }

  @Test
  void providersOfTheVercelSdkAreThoseOfBudgets() {
    assertThat(
            Translated.events(requests("vercel-ai-6.0.325-traces")).stream()
                .map(event -> String.valueOf(((Map<?, ?>) event).get("provider")))
                .distinct())
        .containsExactly("openai", "anthropic");
  }

  private static Map<?, ?> event(String payload, int place) {
    return (Map<?, ?>) Translated.events(requests(payload)).get(place);
  }

  private static String[] requests(String payload) {
    return ((List<?>) Objects.requireNonNull(ExactJson.parse(Forms.text(payload))))
        .stream().map(SenderPayloadsTest::json).toArray(String[]::new);
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> json(each.getKey()) + ":" + json(each.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(SenderPayloadsTest::json).collect(Collectors.joining(",", "[", "]"));
      case String text ->
          "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
      default -> value.toString();
    };
  }
}
