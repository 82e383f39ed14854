package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.Spans.calls;
import static dev.stipend.ingest.format.Spans.request;
import static dev.stipend.ingest.format.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which spans are calls of a model.
final class SpanCallsTest {
  private static final String MODEL = "gen_ai.request.model=gpt-4o gen_ai.provider.name=openai ";
  private static final String CHAT = "gen_ai.operation.name=chat " + MODEL;
  private static final String FIRST = tokens(56, 5);
  private static final String SECOND = tokens(57, 6);
  private static final String BOTH = tokens(113, 11);

  @Test
  void anAgentWithoutOperationOrModelIsTheSumOfItsCalls() {
    String trace =
        request(
            "",
            span("run", "", BOTH),
            span("c1", "run", CHAT + FIRST),
            span("c2", "run", CHAT + SECOND));
    assertThat(calls(trace)).containsExactly("c1", "c2");
    assertThat(Spans.cost(trace)).isEqualTo("0.0003925");
    assertThat(Spans.unknown(trace)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {MODEL, "gen_ai.operation.name=chat gen_ai.response.model=gpt-4o "})
  void aSumIsNoCallEvenIfItNamesAModel(String named) {
    assertThat(
            calls(
                request(
                    "",
                    span("c1", "step", CHAT + FIRST),
                    span("c2", "step", CHAT + SECOND),
                    span("step", "run", "x=y"),
                    span("run", "", named + BOTH))))
        .containsExactly("c1", "c2");
  }

  @Test
  void aSumOfInputsWithoutTheirCachedPartIsASum() {
    assertThat(
            calls(
                request(
                    "",
                    span("run", "", MODEL + tokens(1100, 20)),
                    span("c1", "run", CHAT + tokens(9000, 10) + "gen_ai.usage.cached_tokens=8000"),
                    span("c2", "run", CHAT + tokens(100, 10)))))
        .containsExactly("c1", "c2");
  }

  @Test
  void nestedSpansOfOneCallCountOnceAsTheInnerOne() {
    assertThat(
            calls(
                request(
                    "",
                    span("outer", "", CHAT + FIRST),
                    span("middle", "outer", CHAT + FIRST),
                    span("http", "middle", "http.request.method=POST"),
                    span("inner", "http", CHAT + FIRST))))
        .containsExactly("inner");
  }

  @Test
  void theSameIdOfAnAnswerIsTheSameCall() {
    String id = " gen_ai.response.id=chatcmpl-1";
    assertThat(
            calls(
                request(
                    "",
                    span("outer", "", CHAT + tokens(56, 9) + id),
                    span("inner", "outer", CHAT + FIRST + id))))
        .containsExactly("inner");
  }

  @Test
  void ofNestedSpansTheMostDetailedTellsTheTokensAndAllTellWho() {
    Map<?, ?> event =
        Translated.event(
            request(
                "",
                span(
                    "outer",
                    "",
                    CHAT
                        + tokens(9000, 70)
                        + "gen_ai.usage.cached_tokens=8000 gen_ai.agent.name=helper enduser.id=u1"),
                span("inner", "outer", CHAT + tokens(9000, 70))));
    assertThat(event.get("eventId")).isEqualTo("t1-inner");
    assertThat(event.get("cachedInputTokens")).hasToString("8000");
    assertThat(event.get("agentId")).isEqualTo("helper");
    assertThat(event.get("userId")).isEqualTo("u1");
  }

  @Test
  void aCallThatCallsAnotherModelMeanwhileIsACall() {
    assertThat(
            calls(
                request(
                    "",
                    span("outer", "", CHAT + tokens(500, 50)),
                    span("tool", "outer", "gen_ai.operation.name=execute_tool"),
                    span("inner", "tool", CHAT + FIRST))))
        .containsExactly("outer", "inner");
  }

  @Test
  void callsBesideEachOtherWithTheSameTokensAreTwo() {
    assertThat(
            calls(
                request(
                    "",
                    span("run", "", "x=y"),
                    span("c1", "run", CHAT + FIRST),
                    span("c2", "run", CHAT + FIRST))))
        .containsExactly("c1", "c2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openinference.span.kind=AGENT llm.model_name=gpt-4o ",
        "ai.operationId=ai.streamText ai.model.id=gpt-4o ",
        "langfuse.observation.type=agent gen_ai.request.model=gpt-4o ",
        "langsmith.span.kind=chain gen_ai.request.model=gpt-4o ",
        "traceloop.span.kind=workflow gen_ai.request.model=gpt-4o ",
        "mlflow.spanType=AGENT gen_ai.request.model=gpt-4o ",
        "gen_ai.operation.name=invoke_agent gen_ai.request.model=gpt-4o "
      })
  void anAggregateIsNoneEvenWhereItsCallsCameBefore(String aggregate) {
    String trace = request("", span("run", "", aggregate + BOTH));
    assertThat(calls(trace)).isEmpty();
    assertThat(Spans.unknown(trace)).isEmpty();
  }

  @Test
  void usageWithoutAModelIsReported() {
    Intake intake = Translated.intake(request("my.library", span("s1", "", FIRST)));
    assertThat(intake.events()).isEmpty();
    assertThat(intake.unknown())
        .containsExactly(
            new UnknownUsage(
                "my.library", "1.0", "usage without a model", "56 input tokens, 5 output tokens"));
  }

  @Test
  void whatSaysThatItIsACallCountsWithoutAModel() {
    assertThat(calls(request("gen_ai.operation.name=chat " + FIRST))).containsExactly("s1");
  }

  @Test
  void aCallMayStandAboveUsageWithoutAModel() {
    String trace =
        request(
            "",
            span("turn", "", MODEL + FIRST),
            span("step", "turn", "x=y"),
            span("answer", "step", FIRST));
    assertThat(calls(trace)).containsExactly("turn");
    assertThat(Spans.unknown(trace)).isEmpty();
  }

  @Test
  void spansOfOneTraceMayStandUnderSeveralResources() {
    String group = "{\"scopeSpans\":[{\"spans\":[%s]}]}";
    assertThat(
            calls(
                "{\"resourceSpans\":["
                    + group.formatted(span("inner", "outer", CHAT + FIRST))
                    + ","
                    + group.formatted(span("outer", "", CHAT + FIRST))
                    + "]}"))
        .containsExactly("inner");
  }

  @Test
  void idsOfSpansMeanNothingInAnotherTrace() {
    String other = span("outer", "", CHAT + FIRST).replace("\"t1\"", "\"t2\"");
    assertThat(calls(request("", other, span("inner", "outer", CHAT + FIRST)))).hasSize(2);
  }

  @Test
  @Timeout(10)
  void spansInACircleOrAsDeepAsThereCanBeAreNoHarm() {
    assertThat(calls(request("", span("a", "b", CHAT + FIRST), span("b", "a", CHAT + SECOND))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(calls(request("", span("a", "a", CHAT + FIRST)))).containsExactly("a");
    List<String> deep = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      deep.add(span("s" + i, "s" + (i + 1), CHAT + tokens(i, i)));
    }
    assertThat(calls(request("", deep.toArray(String[]::new)))).hasSizeGreaterThan(1000);
  }

  private static String tokens(int input, int output) {
    return "gen_ai.usage.input_tokens=%d gen_ai.usage.output_tokens=%d ".formatted(input, output);
  }
}
