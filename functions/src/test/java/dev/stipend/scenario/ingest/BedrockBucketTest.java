package dev.stipend.scenario.ingest;

import static dev.stipend.support.BedrockLog.BUCKET;
import static dev.stipend.support.BedrockLog.FOLDER;
import static dev.stipend.support.BedrockLog.KEY;
import static dev.stipend.support.BedrockLog.eventBridge;
import static dev.stipend.support.BedrockLog.id;
import static dev.stipend.support.BedrockLog.lines;
import static dev.stipend.support.BedrockLog.s3;
import static dev.stipend.support.BedrockLog.sns;
import static dev.stipend.support.BedrockLog.subscription;
import static dev.stipend.support.BedrockLog.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.record.UsageMessage;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.Forms;
import dev.stipend.support.LogBucket;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.usecase.RecordQueuedUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bedrock's model invocation logs in a bucket, told of on the usage queue and driven through
/// RecordUsageFunction.
class BedrockBucketTest {
  private static final String LEDGER =
      "SELECT event_id, user_id, cost FROM stipend.usage_logs ORDER BY 1";
  private static final String IDS = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";

  private static LogBucket bucket;
  private static Stipend stipend;

  @BeforeAll
  static void start() {
    bucket = new LogBucket(BUCKET);
    stipend = new Stipend(TestServers.newDatabase(), Map.of("bedrock.log.bucket", BUCKET));
    bucket.create(stipend);
  }

  @AfterAll
  static void stop() {
    stipend.close();
    bucket.close();
  }

  @BeforeEach
  void clear() {
    stipend.clock.set(SettableClock.START);
    stipend.database.clear();
  }

  @Test
  void aCallCountsOnceHoweverItIsTold() {
    bucket.put(stipend, KEY, text());
    bucket.put(stipend, FOLDER + "again.json.gz", text());
    assertThat(stipend.record(s3(KEY))).isEmpty();
    List<String> ledger = stipend.database.rows(LEDGER);

    assertThat(
            stipend.record(
                s3(KEY),
                s3(FOLDER + "again.json.gz"),
                eventBridge(KEY),
                sns(s3(KEY)),
                sns(eventBridge(KEY)),
                subscription(lines())))
        .isEmpty();

    assertThat(ledger).hasSize(8);
    assertThat(stipend.database.rows(LEDGER)).isEqualTo(ledger);
    assertThat(stipend.database.value("SELECT sum(requests) FROM stipend.cost_tracking"))
        .isEqualTo("8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3", "eventbridge", "sns"})
  void everyWayToTellOfAnObjectLeadsToIt(String way) {
    bucket.put(stipend, KEY, lines().getFirst());
    String message =
        switch (way) {
          case "s3" -> s3(KEY);
          case "eventbridge" -> eventBridge(KEY);
          default -> sns(s3(KEY));
        };

    assertThat(stipend.record(message)).isEmpty();

    assertThat(stipend.database.rows(IDS)).containsExactly(id(1));
  }

  @Test
  void messagesThatTellOfNoNewObjectAreDone() {
    assertThat(
            stipend.record(
                Forms.text("s3-test-event"),
                sns(Forms.text("s3-test-event")),
                s3(KEY).replace("ObjectCreated:Put", "ObjectRemoved:Delete"),
                eventBridge(KEY).replace("Object Created", "Object Deleted")))
        .isEmpty();
    assertThat(stipend.database.rows(IDS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FOLDER + "data/0a1b2c3d-0004-4000-8000-000000000004_input.json.gz",
        "AWSLogs/111122223333/BedrockModelInvocationLogs/amazon-bedrock-logs-permission-check",
        "AWSLogs/111122223333/CloudTrail/us-east-1/2026/06/15/trail.json.gz",
        "reports/usage.csv"
      })
  void objectsThatAreNoLogsAreNeitherReadNorWrong(String key) {
    assertThat(stipend.record(s3(key))).isEmpty();
  }

  @Test
  void anObjectOfAnotherBucketIsRefusedAloneWithTheReason() {
    bucket.put(stipend, KEY, text());
    String usage = Usage.costing("e1", SettableClock.START, "1");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(usage, s3(KEY).replace(BUCKET, "others"))).containsExactly(1);
      assertThat(log.text("dev.stipend.usecase"))
          .contains("s3://others/team a/AWSLogs/", "only those of the bucket " + BUCKET);
    }
    assertThat(stipend.database.rows(IDS)).containsExactly("e1");
  }

  @Test
  void withoutAWiredBucketNoObjectIsRead() {
    try (Stipend unwired = new Stipend(TestServers.newDatabase(), Map.of());
        CapturedLog log = CapturedLog.start()) {
      assertThat(unwired.record(s3(KEY))).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase")).contains("set BEDROCK_LOG_BUCKET");
    }
  }

  @Test
  void aWrongLineStopsNoOther() {
    List<String> lines = lines();
    String late = lines.get(3).replace("2026-06-15T11:59:30Z", "2026-01-15T11:59:30Z");
    String wrong =
        lines.get(1).replace("\"inputTokenCount\":3,\"cache", "\"inputTokenCount\":\"3\",\"cache");
    bucket.put(
        stipend,
        KEY,
        String.join("\n", lines.get(0), "{\"cut", "", wrong, late, "{\"schemaType\":\"Other\"}")
            + "\n"
            + lines.get(2));
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(s3(KEY))).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase"))
          .contains(
              KEY + " line 2: ",
              KEY + " line 3: event \"" + id(2) + "\": input.inputTokenCount must be",
              KEY + " line 4: event \"" + id(4) + "\": timestamp is older than 35",
              KEY + " line 5: event \"\": schemaType must be")
          .doesNotContain("line 1:", "line 6:");
    }
    assertThat(stipend.database.rows(IDS)).containsExactly(id(1), id(3));
  }

  @Test
  void anObjectOfManyCallsIsRecordedInPiecesAndToItsEnd() {
    bucket.put(stipend, KEY, calls(2_345));

    assertThat(stipend.record(s3(KEY))).isEmpty();

    assertThat(
            stipend.database.value("SELECT count(*), sum(output_tokens) FROM stipend.usage_logs"))
        .isEqualTo("2345|" + 2_345 * 38);
  }

  @Test
  void ofADamagedObjectIsRecordedWhatCanBeRead() {
    byte[] whole = LogBucket.compressed(calls(300));
    bucket.put(stipend, KEY, Arrays.copyOf(whole, whole.length - 20));
    bucket.put(stipend, FOLDER + "b.json.gz", new byte[] {0x1f, (byte) 0x8b, 7});
    bucket.put(stipend, FOLDER + "c.json.gz", text().getBytes(StandardCharsets.UTF_8));
    bucket.put(stipend, FOLDER + "d.json.gz", "");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(
              stipend.record(
                  s3(KEY),
                  s3(FOLDER + "b.json.gz"),
                  s3(FOLDER + "d.json.gz"),
                  s3(FOLDER + "gone.json.gz")))
          .containsExactlyInAnyOrder(0, 1, 3);
      assertThat(log.text("dev.stipend.usecase"))
          .contains("cannot be read after line ", "is no gzip", "is not there any more");
    }
    assertThat(stipend.database.rows(IDS)).hasSizeBetween(200, 299);
    stipend.database.clear();
    assertThat(stipend.record(s3(FOLDER + "c.json.gz"))).isEmpty();
    assertThat(stipend.database.rows(IDS)).hasSize(8);
  }

  @Test
  void whatCannotBeFetchedNowComesAgainAndStopsNoOther() {
    String usage = Usage.costing("e1", SettableClock.START, "1");
    try (Stipend elsewhere =
            new Stipend(TestServers.newDatabase(), Map.of("bedrock.log.bucket", "not-there"));
        CapturedLog log = CapturedLog.start()) {
      assertThat(elsewhere.record(s3(KEY).replace(BUCKET, "not-there"), usage)).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase")).contains("tells of objects, and will be retried");
      assertThat(elsewhere.database.rows(IDS)).containsExactly("e1");
    }
  }

  @Test
  void objectsThatWouldTakeTooLongComeAgain() {
    bucket.put(stipend, KEY, lines().getFirst());
    RecordQueuedUsage queue = stipend.context.getBean(RecordQueuedUsage.class);
    List<UsageMessage> messages =
        List.of(
            new UsageMessage("object", "receipt-1", Optional.empty(), s3(KEY)),
            new UsageMessage(
                "event",
                "receipt-2",
                Optional.empty(),
                Usage.costing("e1", SettableClock.START, "1")));
    Instant now = SettableClock.START;

    assertThat(queue.record(messages, now.minusSeconds(21))).containsExactly("object");
    assertThat(stipend.database.rows(IDS)).containsExactly("e1");

    assertThat(queue.record(messages, now.minusSeconds(19))).isEmpty();
    assertThat(stipend.database.rows(IDS)).containsExactly(id(1), "e1");
  }

  @Test
  void aBucketBelongsToTheWorkspaceOfTheMessageElseToTheOneItIsWiredTo() {
    bucket.put(stipend, KEY, lines().getFirst());
    Tenant.key(stipend, "read", "acme");
    assertThat(stipend.record(s3(KEY))).containsExactly(0);
    assertThat(stipend.recordFor("default", s3(KEY))).isEmpty();
    try (Stipend wired =
        new Stipend(
            stipend.database.url(),
            Map.of("bedrock.log.bucket", BUCKET, "bedrock.log.workspace", "acme"))) {
      wired.clock.set(SettableClock.START);
      assertThat(wired.record(s3(KEY))).isEmpty();
    }
    assertThat(
            stipend.database.rows(
                "SELECT slug FROM stipend.usage_logs JOIN stipend.workspaces w ON w.id ="
                    + " workspace_id ORDER BY 1"))
        .containsExactly("acme", "default");
  }

  private static String calls(int count) {
    String call = lines().get(3);
    return IntStream.range(0, count)
        .mapToObj(i -> call.replaceFirst("0a1b2c3d-0004", "%08d-0004".formatted(i)))
        .collect(Collectors.joining("\n"));
  }
}
