package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.database.Refusing;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An event that only the database refuses harms no other, by whatever way it comes.
@ExtendWith(StipendExtension.class)
final class PoisonEventTest {
  private static final Instant START = SettableClock.START;
  private static final String LEDGER = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";
  private static final String POISON = Usage.costing("poison", START, "1");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"P0001", "23514", "22023", "54000", "42883", "XX000"})
  void eventOverHttpIsRejectedAloneWithWhatTheDatabaseSays(String state, Stipend stipend) {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    List<String> events = new ArrayList<>(good(0, 12));
    events.add(5, POISON);
    try (Refusing _ = Refusing.events(stipend.database, "poison", state)) {
      Answer answer = stipend.api("POST", "/api/usage", list(events));

      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.text("recorded")).isEqualTo("12");
      assertThat(answer.body())
          .contains(
              "\"rejected\":[{\"index\":5,\"eventId\":\"poison\",\"reason\":\"the database refuses"
                  + " it: no such event here")
          .contains("(" + state + ")\"}]")
          .doesNotContain("a detail", "\\n");
    }
    assertThat(stipend.database.rows(LEDGER)).hasSize(12).doesNotContain("poison");
    assertThat(stipend.api("GET", "/api/budgets/" + id + "/usage", "").text("spend"))
        .isEqualTo("12.00");
    assertThat(stipend.api("POST", "/api/usage", list(events)).text("recorded"))
        .as("its id is not taken")
        .isEqualTo("1");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
  }

  @Test
  void messageFailsAloneAndNoOtherTenantNoticesAnything(Stipend stipend) {
    Tenant.key(stipend, "read", "acme");
    try (Refusing _ = Refusing.events(stipend.database, "poison%", "P0001");
        CapturedLog log = CapturedLog.start()) {
      assertThat(
              stipend.record(
                  List.of(
                      Map.entry("default", Usage.costing("a1", START, "1")),
                      Map.entry("default", list(List.of(POISON, Usage.costing("a2", START, "1")))),
                      Map.entry("acme", Usage.costing("b1", START, "1")),
                      Map.entry("default", Usage.costing("poison-2", START, "1")),
                      Map.entry("default", Usage.costing("a3", START, "1")),
                      Map.entry("acme", Usage.costing("b2", START, "1")))))
          .containsExactlyInAnyOrder(1, 3);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest"))
          .contains(
              "message 1 is not recorded: event \"poison\": the database refuses it: no such event"
                  + " here");
    }
    assertThat(stipend.database.rows(LEDGER)).containsExactly("a1", "a2", "a3", "b1", "b2");
  }

  @Test
  void spanIsRejectedAlone(Stipend stipend) {
    String spans =
        IntStream.range(0, 9)
            .mapToObj(i -> span(i == 3 ? "poison" : "t", i))
            .collect(Collectors.joining(","));
    try (Refusing _ = Refusing.events(stipend.database, "poison%", "P0001")) {
      Answer answer =
          stipend.api(
              "POST",
              "/v1/traces",
              "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"rejectedSpans\":\"1\"", "span \\\"poison-s3\\\": the database refuses it");
    }
    assertThat(stipend.database.rows(LEDGER)).hasSize(8);
  }

  @Test
  void rowOfAFileIsRejectedAlone(Stipend stipend) throws IOException {
    stipend.database.execute("TRUNCATE stipend.usage_imports");
    Path file = folder.resolve("poison.jsonl");
    List<String> lines = new ArrayList<>(good(0, 40));
    lines.add(3, "{broken");
    lines.add(
        9,
        list(
            List.of(Usage.costing("in-1", START, "1"), POISON, Usage.costing("in-2", START, "1"))));
    lines.add(30, Usage.costing("poison-old", Instant.parse("2024-01-02T03:04:05Z"), "1"));
    Files.write(file, lines);
    ImportReport report;
    try (Refusing _ = Refusing.events(stipend.database, "poison%", "P0001")) {
      report =
          stipend
              .context
              .getBean(ImportUsage.class)
              .run(
                  stipend
                      .context
                      .getBean(WorkspaceRepository.class)
                      .findBySlug("default")
                      .orElseThrow(),
                  file,
                  Map.of(),
                  (counts, read, bytes) -> {});
    }

    assertThat(report.counts()).isEqualTo(new ImportCounts(43, 42, 0, 0, 3));
    assertThat(stipend.database.rows(LEDGER)).hasSize(42).contains("in-1", "in-2");
    assertThat(Files.readString(report.rejections().orElseThrow()))
        .contains("4,", "10,\"event \"\"poison\"\": the database refuses it", "31,");
    assertThat(stipend.database.value("SELECT rows_done, recorded FROM stipend.usage_imports"))
        .isEqualTo("43|42");
  }

  @ParameterizedTest
  @ValueSource(strings = {"57P01", "53100", "08006", "58030"})
  void outageDividesNothingAndRefusesNobody(String state, Stipend stipend) {
    try (Refusing refusing = Refusing.times(stipend.database, "e%", state, 1_000)) {
      assertThat(stipend.api("POST", "/api/usage", list(good(0, 16))).status()).isGreaterThan(499);
      assertThat(refusing.attempts()).isEqualTo(1);
    }
    assertThat(stipend.database.rows(LEDGER)).isEmpty();
    assertThat(stipend.api("POST", "/api/usage", list(good(0, 16))).text("recorded"))
        .isEqualTo("16");
  }

  @Test
  void queueThatMeetsAnOutageAnswersNothing(Stipend stipend) {
    try (Refusing _ = Refusing.times(stipend.database, "e%", "57P01", 1_000)) {
      assertThatThrownBy(() -> stipend.record(good(0, 4).toArray(String[]::new)))
          .matches(failure -> FailureCause.of(failure) == FailureCause.OUTAGE);
    }
    assertThat(stipend.record(good(0, 4).toArray(String[]::new))).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001"})
  void lostRaceIsRunAgain(String state, Stipend stipend) {
    try (Refusing _ = Refusing.times(stipend.database, "e%", state, 2)) {
      assertThat(stipend.record(good(0, 4).toArray(String[]::new))).isEmpty();
    }
    assertThat(stipend.database.rows(LEDGER)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40P01", "55P03", "57014"})
  void contentionOfOneTenantDelaysNoOther(String state, Stipend stipend) {
    Tenant.key(stipend, "read", "acme");
    try (Refusing _ = Refusing.times(stipend.database, "a%", state, 1_000_000)) {
      assertThat(
              stipend.record(
                  List.of(
                      Map.entry("default", Usage.costing("a1", START, "1")),
                      Map.entry("default", Usage.costing("a2", START, "1")),
                      Map.entry("acme", Usage.costing("b1", START, "1")))))
          .containsExactlyInAnyOrder(0, 1);
    }
    assertThat(stipend.database.rows(LEDGER)).containsExactly("b1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"42501", "42P01", "P0001"})
  void refusalThatDoesNotComeFromTheEventsIsNoRejection(String state, Stipend stipend) {
    String body = list(good(0, 20));
    try (Refusing refusing = Refusing.everything(stipend.database, state)) {
      assertThat(stipend.api("POST", "/api/usage", body).status()).isEqualTo(500);
      assertThat(stipend.record(good(0, 2).toArray(String[]::new))).containsExactly(0, 1);
      assertThat(refusing.attempts()).as("found out soon").isLessThan(20);
    }
    assertThat(stipend.api("POST", "/api/usage", body).text("recorded")).isEqualTo("20");
  }

  @Test
  void namesThatAreTooLongTogetherAreRefusedWithTheLongest(Stipend stipend) {
    Random random = new Random(3);
    String names =
        List.of("userId", "agentId", "workflowId", "teamId", "provider", "model").stream()
            .map(field -> "\"%s\":\"%s\"".formatted(field, cjk(random, 200)))
            .collect(Collectors.joining(","));
    String long6 =
        "{\"eventId\":\"poison\",\"occurredAt\":\"%s\",%s,\"cost\":\"1\"}".formatted(START, names);
    String innocent = Usage.costing("e1", START, "1");

    assertThat(stipend.record(long6, innocent)).containsExactly(0);
    Answer answer = stipend.api("POST", "/api/usage", list(List.of(long6, innocent)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "userId is too long: userId, agentId, workflowId, teamId, provider, model have 3600"
                + " bytes in UTF-8 together, and may have 2400");
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1");
  }

  @Test
  void namesAtTheirBoundFitEveryKeyWhateverTheyHold(Stipend stipend) {
    for (String scope : List.of("user", "agent", "workflow", "team", "provider", "model")) {
      stipend.api(
          "POST",
          "/api/budgets",
          "{\"name\":\"b\",\"limitAmount\":1,\"period\":\"hourly\",\"scope\":\"%s\",\"scopeId\":\"*\"}"
              .formatted(scope));
    }
    Random random = new Random(4);
    String event =
        """
        {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"%s","workflowId":"%s","teamId":"%s",
         "provider":"%s","model":"%s","inputTokens":7,"tags":{"%s":"%s"}}\
        """
            .formatted(
                cjk(random, 200),
                START,
                cjk(random, 200),
                cjk(random, 190),
                cjk(random, 5),
                cjk(random, 5),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200));

    assertThat(stipend.record(event)).isEmpty();

    assertThat(stipend.database.value("SELECT requests FROM stipend.cost_tracking")).isEqualTo("1");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods"))
        .isEqualTo("6");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.unpriced_events"))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"litellm", "otlp"})
  void longNamesOfOtherFormsAreShortenedAndTheEventIsKept(String form, Stipend stipend) {
    Random random = new Random(5);
    String litellm =
        """
        {"call_type":"completion","id":"x","endTime":%d,"response_cost":1,"end_user":"%s","model":"%s",
         "custom_llm_provider":"%s","metadata":{"user_api_key_team_id":"%s",
           "requester_metadata":{"agent_id":"%s","workflow_id":"%s"}}}\
        """;
    String otlp =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"s","endTimeUnixNano":"%d000000000",
         "attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}},
          {"key":"user.id","value":{"stringValue":"%s"}},{"key":"gen_ai.request.model","value":{"stringValue":"%s"}},
          {"key":"gen_ai.system","value":{"stringValue":"%s"}},{"key":"team.id","value":{"stringValue":"%s"}},
          {"key":"gen_ai.agent.id","value":{"stringValue":"%s"}},
          {"key":"gen_ai.workflow.name","value":{"stringValue":"%s"}}]}]}]}]}\
        """;
    String event =
        (form.equals("otlp") ? otlp : litellm)
            .formatted(
                START.getEpochSecond(),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200),
                cjk(random, 200));

    assertThat(stipend.record(event)).isEmpty();
    assertThat(stipend.record(event)).as("the same becomes the same").isEmpty();

    assertThat(
            stipend.database.value(
                "SELECT count(*), bool_and(user_id ~ '~[0-9a-f]{16}$') FROM stipend.usage_logs"))
        .isEqualTo("1|t");
  }

  private static List<String> good(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(i -> Usage.costing("e%02d".formatted(i), START, "1"))
        .toList();
  }

  private static String span(String trace, int id) {
    return """
    {"traceId":"%s","spanId":"s%d","endTimeUnixNano":"1781524770000000000",
     "attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}]}\
    """
        .formatted(trace, id);
  }

  private static String list(List<String> events) {
    return "[" + String.join(",", events) + "]";
  }

  /// Text that no index can compress.
  private static String cjk(Random random, int length) {
    return random
        .ints(length, 0x4e00, 0x9fa5)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
