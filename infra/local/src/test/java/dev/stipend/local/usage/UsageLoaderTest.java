package dev.stipend.local.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.QuietTerminal;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageLoaderTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-10T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;

  private final UsageOutcomes outcomes = new UsageOutcomes();
  private final JsonMapper json = JsonMapper.createDefault();
  private final List<String> messages = new ArrayList<>();
  private final List<Map<String, Object>> events = new ArrayList<>();

  @Test
  void everyColumnReachesItsField() throws Exception {
    load(
        """
        event_id,occurred_at,user_id,agent_id,workflow_id,team_id,provider,model,input_tokens,\
        cached_input_tokens,output_tokens,cost,currency,tag.Env,tag.empty
        e1,2026-03-10T10:00:00+02:00,u,a,w,t,openai,gpt-4o,10,4,5,0.000000000001,USD,prod,
        """);

    assertThat(events)
        .containsExactly(
            Map.ofEntries(
                Map.entry("eventId", "e1"),
                Map.entry("occurredAt", "2026-03-10T08:00:00Z"),
                Map.entry("userId", "u"),
                Map.entry("agentId", "a"),
                Map.entry("workflowId", "w"),
                Map.entry("teamId", "t"),
                Map.entry("provider", "openai"),
                Map.entry("model", "gpt-4o"),
                Map.entry("inputTokens", 10),
                Map.entry("cachedInputTokens", 4),
                Map.entry("outputTokens", 5),
                Map.entry("cost", "0.000000000001"),
                Map.entry("currency", "USD"),
                Map.entry("tags", Map.of("Env", "prod"))));
  }

  @Test
  void aliasesAndAssumedValuesFillIn() throws Exception {
    Path file = file("TIMESTAMP,ContextTokens,GeneratedTokens\n2026-03-10 10:00:00.9799600,7,3\n");
    play(
        new UsageFileOptions(file, Map.of("model", "gpt-4o", "user_id", "u1"), false),
        this::allRecorded);

    assertThat(events.getFirst())
        .containsEntry("occurredAt", "2026-03-10T10:00:00.979960Z")
        .containsEntry("inputTokens", 7)
        .containsEntry("outputTokens", 3)
        .containsEntry("model", "gpt-4o")
        .containsEntry("userId", "u1");
  }

  @Test
  void aValueInTheFileGoesBeforeTheAssumedOne() throws Exception {
    Path file = file("occurred_at,model\n2026-03-10T10:00:00Z,o1\n2026-03-10T10:00:00Z,\n");
    play(new UsageFileOptions(file, Map.of("model", "gpt-4o"), false), this::allRecorded);

    assertThat(events).extracting(event -> event.get("model")).containsExactly("o1", "gpt-4o");
  }

  @Test
  void derivedIdsFollowFromTheContentAndTheRow() throws Exception {
    String rows = "occurred_at\n2026-03-10T10:00:00Z\n2026-03-10T10:00:00Z\n";
    load(rows);
    Files.move(directory.resolve("usage.csv"), directory.resolve("renamed.csv"));
    play(options(directory.resolve("renamed.csv")), this::allRecorded);
    load(rows + "2026-03-10T10:00:00Z\n");

    List<Object> ids = events.stream().map(event -> event.get("eventId")).toList();
    assertThat(ids.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(ids.subList(2, 4));
    assertThat(ids.subList(4, 7)).doesNotContainAnyElementsOf(ids.subList(0, 2));
  }

  @Test
  void shiftingMovesTheLastEventToNowAndKeepsTheDistances() throws Exception {
    Path file = file("occurred_at\n2020-01-01T00:00:30Z\n2020-01-01T00:00:00Z\n");
    play(new UsageFileOptions(file, Map.of("model", "gpt-4o"), true), this::allRecorded);

    assertThat(events)
        .extracting(event -> event.get("occurredAt"))
        .containsExactly("2026-03-10T12:00:00Z", "2026-03-10T11:59:30Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-10T10:00:00Z,-1,     | input_tokens "-1" is not a whole number from 0
          2026-03-10T10:00:00Z,1.5,    | input_tokens "1.5" is not a whole number from 0
          10.03.2026,1,                | occurred_at "10.03.2026" is neither ISO 8601 nor
          ,1,                          | occurred_at is empty
          2026-03-10T10:00:00Z,1       | 2 cells where the header has 3
          2026-03-10T10:00:00Z,1,2,3   | 4 cells where the header has 3
          """)
  void aBadCellRejectsItsRowWithTheReason(String row, String reason) throws Exception {
    LoadCounts counts =
        load("occurred_at,input_tokens,cost\n" + row + "\n2026-03-10T10:00:00Z,1,2\n");

    assertThat(counts.recorded()).isEqualTo(1);
    assertThat(counts.rejected()).isEqualTo(1);
    assertThat(counts.rejections()).contains(directory.resolve("usage.rejected.csv"));
    List<String> lines = Files.readAllLines(directory.resolve("usage.rejected.csv"));
    assertThat(lines.getFirst()).isEqualTo("row,reason,occurred_at,input_tokens,cost");
    assertThat(lines.get(1).replace("\"\"", "\"")).startsWith("1,").contains(reason);
    assertThat(lines).hasSize(2);
  }

  @Test
  void whatTheFunctionsRejectIsWrittenDownToo() throws Exception {
    Path file = file("event_id,occurred_at\na,2026-03-10T10:00:00Z\nb,2026-03-10T10:00:00Z\n");
    LoadCounts counts =
        play(
            options(file),
            ids ->
                new UsageRecorded(
                    List.of("a"), List.of(), List.of(new Rejection(1, "b", "conflict")), 0));

    assertThat(counts)
        .isEqualTo(new LoadCounts(1, 0, 1, Optional.of(directory.resolve("usage.rejected.csv"))));
    assertThat(directory.resolve("usage.rejected.csv"))
        .hasContent("row,reason,event_id,occurred_at\n2,conflict,b,2026-03-10T10:00:00Z");
  }

  @Test
  void withoutRejectionsThereIsNoFileOfAnEarlierRun() throws Exception {
    Files.writeString(directory.resolve("usage.rejected.csv"), "old");

    LoadCounts counts = load("occurred_at\n2026-03-10T10:00:00Z\n");

    assertThat(counts).isEqualTo(new LoadCounts(1, 0, 0, Optional.empty()));
    assertThat(directory.resolve("usage.rejected.csv")).doesNotExist();
  }

  @Test
  void aRedeliveredMessageCountsOnceByItsFirstOutcome() throws Exception {
    Path file = file("event_id,occurred_at\na,2026-03-10T10:00:00Z\nb,2026-03-10T10:00:00Z\n");
    Consumer<String> twice =
        body -> {
          messages.add(body);
          outcomes.onApplicationEvent(allRecorded(List.of("a")));
          outcomes.onApplicationEvent(new UsageRecorded(List.of("b"), List.of("a"), List.of(), 0));
        };
    LoadCounts counts =
        UsageLoader.open(options(file), NOON)
            .load(twice, outcomes, json, QuietTerminal.make(), Optional::empty);

    assertThat(counts).isEqualTo(new LoadCounts(2, 0, 0, Optional.empty()));
  }

  @Test
  void messagesHoldTwoHundredEventsAtMostAndStayBelowTheirSize() throws Exception {
    StringBuilder rows = new StringBuilder("occurred_at,tag.note\n");
    for (int row = 0; row < 450; row++) {
      rows.append("2026-03-10T10:00:00Z,").append("n".repeat(1_500)).append('\n');
    }
    LoadCounts counts = load(rows.toString());

    assertThat(counts.recorded()).isEqualTo(450);
    assertThat(messages)
        .allSatisfy(
            body -> {
              assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(200_002);
              assertThat(read(body)).hasSizeLessThanOrEqualTo(200);
            });
  }

  @Test
  void theSameIdTwiceInAFileHasTwoOutcomes() throws Exception {
    Path file = file("event_id,occurred_at\na,2026-03-10T10:00:00Z\na,2026-03-10T10:00:00Z\n");
    LoadCounts counts =
        play(
            options(file),
            ids ->
                messages.size() == 1
                    ? allRecorded(ids)
                    : new UsageRecorded(List.of(), ids, List.of(), 0));

    assertThat(counts).isEqualTo(new LoadCounts(1, 1, 0, Optional.empty()));
  }

  @Test
  void waitingEndsWhenItHasBecomePointless() throws Exception {
    Path file = file("occurred_at\n2026-03-10T10:00:00Z\n");
    UsageLoader loader = UsageLoader.open(options(file), NOON);

    assertThatThrownBy(
            () ->
                loader.load(
                    messages::add,
                    outcomes,
                    json,
                    QuietTerminal.make(),
                    () -> Optional.of("the function failed")))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("1 events without an outcome, because the function failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          occurred_at,colour       | has an unknown column "colour"; known are event_id, occurred_at
          occurred_at,TIMESTAMP    | has two columns for occurred_at: "TIMESTAMP" is the second
          user_id,model            | has no column occurred_at (or TIMESTAMP)
          occurred_at,tag.         | has an unknown column "tag."
          """)
  void aWrongHeaderIsNamedBeforeAnythingStarts(String header, String sentence) throws Exception {
    UsageFileOptions options = options(file(header + "\n"));

    assertThatThrownBy(() -> UsageLoader.open(options, NOON))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aMissingFileIsNamed() {
    UsageFileOptions options = options(directory.resolve("nowhere.csv"));

    assertThatThrownBy(() -> UsageLoader.open(options, NOON))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("nowhere.csv")
        .hasMessageContaining("there is no such file");
  }

  private LoadCounts load(String content) throws IOException {
    return play(options(file(content)), this::allRecorded);
  }

  private LoadCounts play(
      UsageFileOptions options, Function<List<String>, UsageRecorded> functions) {
    Consumer<String> queue =
        body -> {
          messages.add(body);
          List<Map<String, Object>> sent = read(body);
          events.addAll(sent);
          outcomes.onApplicationEvent(
              functions.apply(
                  sent.stream().map(event -> String.valueOf(event.get("eventId"))).toList()));
        };
    return UsageLoader.open(options, NOON)
        .load(queue, outcomes, json, QuietTerminal.make(), Optional::empty);
  }

  private UsageRecorded allRecorded(List<String> ids) {
    return new UsageRecorded(ids, List.of(), List.of(), 0);
  }

  private List<Map<String, Object>> read(String body) {
    try {
      return json.readValue(body, Argument.listOf(Argument.mapOf(String.class, Object.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UsageFileOptions options(Path file) {
    return new UsageFileOptions(file, Map.of("model", "gpt-4o"), false);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("usage.csv"), content);
  }
}
