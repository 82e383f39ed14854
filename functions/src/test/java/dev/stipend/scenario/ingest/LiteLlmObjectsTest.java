package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Forms;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls and objects whose provider's id comes more than once.
@ExtendWith(StipendExtension.class)
class LiteLlmObjectsTest {
  private static final String SPEND = "SELECT coalesce(sum(cost), 0) FROM stipend.usage_logs";
  private static final long START = 1_781_524_700;

  @Test
  void twoCallsWithOneIdAndOtherStartsAreTwo(Stipend stipend) {
    assertThat(
            stipend.record(
                row("chatcmpl-213", "acompletion", 0, "0.25", 10),
                row("chatcmpl-213", "acompletion", 5, "0.55", 10)))
        .isEmpty();
    assertSpend(stipend, "0.800000000000");
    assertThat(stipend.record(row("chatcmpl-213", "acompletion", 5, "0.55", 10))).isEmpty();
    assertSpend(stipend, "0.800000000000");
  }

  @ParameterizedTest
  @CsvSource({
    "acreate_batch,aretrieve_batch",
    "create_batch,retrieve_batch",
    "acreate_fine_tuning_job,aretrieve_fine_tuning_job",
    "avideo_generation,avideo_retrieve",
    "avideo_generation,avideo_content",
    "aresponses,aget_responses",
    "responses,get_responses"
  })
  void anObjectThatIsAskedForAgainAndAgainCostsOnce(String made, String asked, Stipend stipend) {
    assertThat(stipend.record(row("object-1", made, 0, "null", 0))).isEmpty();
    assertThat(stipend.record(row("object-1", asked, 10, "0.0", 0))).isEmpty();
    assertThat(stipend.database.rows("SELECT event_id FROM stipend.usage_logs")).isEmpty();
    for (int poll = 2; poll < 6; poll++) {
      assertThat(stipend.record(row("object-1", asked, 10 * poll, "0.42", 100))).isEmpty();
    }
    assertSpend(stipend, "0.420000000000");
    assertThat(stipend.record(row("object-1", asked, 90, "0.43", 100)))
        .as("another cost is a conflict")
        .containsExactly(0);
    assertSpend(stipend, "0.420000000000");
  }

  @Test
  void aResponseThatIsReadAgainCostsOnceInWhateverOrderItIsTold(Stipend stipend) {
    String call = row("resp_1", "aresponses", 0, "0.30", 70);
    String again = row("resp_1", "aget_responses", 20, "0.30", 70);
    assertThat(stipend.record(call, again)).isEmpty();
    assertThat(stipend.record(again)).isEmpty();
    assertSpend(stipend, "0.300000000000");
    assertThat(stipend.record(row("resp_2", "aget_responses", 20, "0.10", 70))).isEmpty();
    assertThat(stipend.record(row("resp_2", "aresponses", 0, "0.10", 70))).isEmpty();
    assertSpend(stipend, "0.400000000000");
    assertThat(stipend.record(row("resp_1", "aresponses", 40, "0.05", 9)))
        .as("another call with that id")
        .isEmpty();
    assertSpend(stipend, "0.450000000000");
  }

  @Test
  void anEventOfTheReleaseBeforeIsKnownUnderItsFormerId(Stipend stipend) {
    Instant end = Instant.ofEpochSecond(START + 1).plusMillis(500);
    assertThat(
            stipend.record(
                """
                {"eventId":"chatcmpl-9","occurredAt":"%s","provider":"openai","model":"gpt-4o",
                 "inputTokens":100,"outputTokens":0,"cost":"0.25"}
                """
                    .formatted(end)))
        .isEmpty();
    assertThat(stipend.record(row("chatcmpl-9", "acompletion", 0, "0.25", 100))).isEmpty();
    assertSpend(stipend, "0.250000000000");
    assertThat(stipend.record(row("chatcmpl-9", "acompletion", 7, "0.25", 100))).isEmpty();
    assertSpend(stipend, "0.500000000000");
  }

  @Test
  void anObjectCostsOnceInTheNativeFormAndInCloudEventsToo(Stipend stipend) {
    String form =
        """
        {"eventId":"batch-7","occurredAt":"2026-06-15T11:0%d:00Z","object":"batch","userId":"u%d"%s}
        """;
    Answer empty = stipend.api("POST", "/api/usage", form.formatted(0, 0, ""));
    assertThat(empty.status()).isEqualTo(200);
    assertThat(empty.json().get("recorded")).hasToString("0");
    for (int poll = 1; poll < 4; poll++) {
      assertThat(stipend.record(form.formatted(poll, poll, ",\"cost\":\"0.42\""))).isEmpty();
      assertThat(
              stipend.record(
                  """
                  {"specversion":"1.0","id":"poll-%d","source":"urn:gateway","type":"usage",
                   "data":%s}
                  """
                      .formatted(poll, row("batch-8", "aretrieve_batch", poll, "0.08", 1))))
          .isEmpty();
    }
    assertSpend(stipend, "0.500000000000");
  }

  @Test
  void pollsThatAreRecordedAtOnceCostOnce(Stipend stipend)
      throws InterruptedException, ExecutionException {
    List<Callable<List<Integer>>> recorders =
        IntStream.range(0, 24)
            .<Callable<List<Integer>>>mapToObj(
                i ->
                    () ->
                        i % 3 == 0
                            ? stipend.record(row("resp_9", "aresponses", 0, "0.42", 100))
                            : stipend.record(row("resp_9", "aget_responses", i, "0.42", 100)))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<List<Integer>> each : threads.invokeAll(recorders)) {
        assertThat(each.get()).isEmpty();
      }
    }
    assertSpend(stipend, "0.420000000000");
  }

  /// LiteLLM 1.106.12 in front of a fake model, recorded on 30 November 2026: what each call cost
  /// is known from the fake model's usage and the providers' lists.
  @Test
  void whatTheRealProxySendsIsCountedExactly(Stipend stipend) {
    stipend.clock.set(Instant.parse("2026-11-30T11:30:00Z"));
    String rows = Forms.text("litellm-1.106.12-sqs");
    assertThat(stipend.record(rows)).isEmpty();
    assertSpend(stipend, "0.123859000000");
    assertThat(stipend.database.rows("SELECT model FROM stipend.usage_logs WHERE unpriced > 0"))
        .containsExactly("house-model");
    assertThat(stipend.record(rows)).isEmpty();
    assertSpend(stipend, "0.123859000000");
  }

  private static void assertSpend(Stipend stipend, String spend) {
    assertThat(stipend.database.value(SPEND)).isEqualTo(spend);
    assertThat(stipend.database.value("SELECT coalesce(sum(cost), 0) FROM stipend.cost_tracking"))
        .isEqualTo(spend);
  }

  private static String row(String id, String type, int start, String cost, int tokens) {
    return """
    {"id":"%s","call_type":"%s","status":"success","startTime":%s,"endTime":%s,
     "custom_llm_provider":"openai","model":"gpt-4o","response_cost":%s,
     "prompt_tokens":%d,"completion_tokens":0}
    """
        .formatted(id, type, seconds(start), seconds(start + 1), cost, tokens);
  }

  private static String seconds(int since) {
    return (START + since) + ".5";
  }
}
