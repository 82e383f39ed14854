package dev.stipend.local.runtime;

import static dev.stipend.local.runtime.ExecutionEnvironment.Start.COLD;
import static dev.stipend.local.runtime.ExecutionEnvironment.Start.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.local.http.ApiGateway;
import dev.stipend.local.http.HttpFront;
import dev.stipend.local.queue.LocalQueue;
import dev.stipend.local.queue.SqsPoller;
import dev.stipend.local.template.SqsTrigger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The artifact that is deployed, each function in a process of its own under Lambda's runtime
/// client, from the stack's creation to a restored snapshot.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedZipTest {
  private static final String HEALTHY = "\\\"status\\\":\\\"healthy\\\"";
  private static final String RECORD = "RecordUsageFunction";
  private static final String DELIVER = "DeliverAlertsFunction";
  private static final String SWEEP = "SweepBudgetsFunction";
  private static final String API = "BudgetApiFunction";
  private static final String MIGRATE = "MigrateDatabaseFunction";
  private static final String MAINTAIN = "MaintainLedgerFunction";

  @TempDir static Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private ShippedZip zip;
  private Cloud cloud;

  @BeforeAll
  void createTheStack() throws Exception {
    zip = Zip.unpack();
    cloud = new Cloud(zip, directory);
    ExecutionEnvironment migrate = cloud.start(MIGRATE, SNAPSHOT).restore();
    assertThat(migrate.invoke(cloud.stackEvent("Create")).failed()).isFalse();
    assertThat(cloud.stackAnswer())
        .as(migrate.log())
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "stipend-database")
        .extractingByKey("Data")
        .asString()
        .contains("outcome=migrated");
    assertThat(migrate.invoke(cloud.stackEvent("Update")).failed()).isFalse();
    assertThat(cloud.stackAnswer().get("Data")).asString().contains("outcome=up-to-date");
    assertThat(migrate.log()).doesNotContain(Cloud.ADMIN_KEY, "postgres:postgres");
    ExecutionEnvironment maintain = cloud.start(MAINTAIN, COLD);
    assertThat(maintain.invoke("{\"verb\":\"maintain\"}").failed()).as(maintain.log()).isFalse();
  }

  @AfterAll
  void deleteTheStack() {
    if (cloud != null) {
      cloud.close();
      zip.close();
    }
  }

  @Test
  void usageIsRecordedOnceAndAMessageThatCannotBeReadEndsAsADeadLetterAlone() throws Exception {
    ExecutionEnvironment record = cloud.start(RECORD, SNAPSHOT).restore();
    String usage = usage("redelivered", "zip-user", "1.50");
    try (SqsPoller poller = poll(RECORD, record)) {
      send(usage);
      send(usage);
      send("this is no usage");
      send(usage("another", "zip-user", "0.25"));
      eventually()
          .untilAsserted(
              () -> {
                assertThat(
                        cloud.value(
                            "SELECT sum(cost) FROM stipend.usage_logs WHERE user_id = 'zip-user'"))
                    .startsWith("1.75");
                assertThat(deadLetters()).containsExactly("this is no usage");
              });
      assertThat(poller.lastFailure()).isEmpty();
    }
    assertThat(cloud.value("SELECT count(*) FROM stipend.usage_logs WHERE user_id = 'zip-user'"))
        .isEqualTo("2");
    assertThat(record.log())
        .contains("\"formattedMessage\":\"Ready for the snapshot\"")
        .contains("\"Stack\":\"zip\",\"EventsRecorded\":");
  }

  @Test
  void whatIsReservedBeyondTheLimitIsRefusedAndAnAlertReachesSlack() throws Exception {
    ExecutionEnvironment api = cloud.start(API, SNAPSHOT).restore();
    ExecutionEnvironment record = cloud.start(RECORD, COLD);
    ExecutionEnvironment sweep = cloud.start(SWEEP, SNAPSHOT).restore();
    ExecutionEnvironment deliver = cloud.start(DELIVER, SNAPSHOT).restore();
    try (HttpFront front = HttpFront.bind(0);
        SqsPoller recording = poll(RECORD, record);
        SqsPoller delivering = poll(DELIVER, deliver)) {
      front.route(
          "/",
          new ApiGateway(
              event ->
                  Cloud.invoke(
                          api, APIGatewayV2HTTPEvent.class, event, APIGatewayV2HTTPResponse.class)
                      .orElseThrow()));
      front.start();
      String budgets = front.url() + "/api/budgets";
      assertThat(
              post(
                      budgets,
                      """
                      {"name":"Zipped","limitAmount":"10","period":"daily","scope":"user","scopeId":"capped",
                       "hardLimit":true,"alertAt":[80],"timeZone":"UTC"}
                      """)
                  .statusCode())
          .isEqualTo(201);
      for (String query : List.of("/api/budgets?limit=1&q=Zip", "/api/spend?groupBy=model")) {
        assertThat(get(front.url() + query).statusCode()).as(query).isEqualTo(200);
      }
      assertThat(get(budgets + "?colour=1").statusCode()).isEqualTo(400);
      String reservations = front.url() + "/api/reservations";
      String work = "{\"userId\":\"capped\",\"estimatedCost\":\"%s\"}";
      assertThat(post(reservations, work.formatted("4")).statusCode()).isEqualTo(201);
      HttpResponse<String> denied = post(reservations, work.formatted("7"));
      assertThat(denied.statusCode()).as(denied.body()).isEqualTo(402);
      assertThat(denied.body()).contains("budget-exceeded", "Zipped");
      send(usage("over-the-line", "capped", "8.50"));
      eventually()
          .untilAsserted(
              () ->
                  assertThat(cloud.value("SELECT count(*) FROM stipend.alert_logs"))
                      .isEqualTo("1"));
      assertThat(sweep.invoke("{}").failed()).as(sweep.log()).isFalse();
      eventually()
          .untilAsserted(
              () ->
                  assertThat(cloud.slack.newestFirst())
                      .as(deliver.log())
                      .singleElement()
                      .extracting(message -> message.payload().toString())
                      .asString()
                      .contains("Zipped"));
      assertThat(recording.lastFailure()).isEmpty();
      assertThat(delivering.lastFailure()).isEmpty();
    }
  }

  @Test
  void aSnapshotIsRestoredIntoAWorldWhereTheDatabaseIsAnotherOne() throws Exception {
    String before = cloud.rowsOfAllTables();
    String now = cloud.value("SELECT clock_timestamp()");
    ExecutionEnvironment api = cloud.start(API, SNAPSHOT);
    ExecutionEnvironment record = cloud.start(RECORD, SNAPSHOT);
    ExecutionEnvironment deliver = cloud.start(DELIVER, SNAPSHOT);
    assertThat(api.log()).contains("Ready for the snapshot").doesNotContain("taken without");
    assertThat(record.log()).contains("Ready for the snapshot").doesNotContain("taken without");
    assertThat(deliver.log()).contains("Ready for the snapshot").doesNotContain("taken without");
    assertThat(cloud.rowsOfAllTables()).as("priming changes nothing").isEqualTo(before);
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        cloud.value(
                            "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                                + " 'stipend' AND backend_start > '%s'".formatted(now)))
                    .as("connections that are kept in snapshots")
                    .isEqualTo("0"));
    cloud.stopDatabase();
    cloud.startDatabase();
    api.restore();
    record.restore();
    Instant restored = Instant.now();
    String health = health(api);
    assertThat(health).contains(HEALTHY);
    String stamp =
        health.replaceFirst("(?s).*\\\\\"timestamp\\\\\":\\\\\"([^\\\\]+)\\\\\".*", "$1");
    assertThat(Instant.parse(stamp)).isAfterOrEqualTo(restored.minusMillis(1));
    try (SqsPoller poller = poll(RECORD, record)) {
      send(usage("after-the-restore", "restored", "2"));
      eventually()
          .untilAsserted(
              () ->
                  assertThat(
                          cloud.value(
                              "SELECT count(*) FROM stipend.usage_logs WHERE user_id = 'restored'"))
                      .isEqualTo("1"));
      assertThat(poller.lastFailure()).isEmpty();
    }
  }

  @Test
  void aRestoreWhileTheDatabaseIsAwayEndsInTimeAndRequestsConnectOnceItIsBack() {
    ExecutionEnvironment api = cloud.start(API, SNAPSHOT);
    cloud.stopDatabase();
    try {
      Instant begin = Instant.now();
      api.restore();
      assertThat(Duration.between(begin, Instant.now()))
          .as("Lambda gives hooks ten seconds")
          .isLessThan(Duration.ofSeconds(10));
      assertThat(api.log()).contains("The snapshot cannot connect to the database");
    } finally {
      cloud.startDatabase();
    }
    eventually().untilAsserted(() -> assertThat(health(api)).contains(HEALTHY));
  }

  private static String health(ExecutionEnvironment api) {
    return api.invoke(
            """
            {"version": "2.0", "rawPath": "/api/health", "rawQueryString": "", "headers": {"host": "localhost"},
              "requestContext": {"http": {"method": "GET", "path": "/api/health"}}, "isBase64Encoded": false}
            """)
        .text();
  }

  private SqsPoller poll(String function, ExecutionEnvironment environment) {
    SqsTrigger trigger =
        cloud.template.sqsTriggers().stream()
            .filter(each -> each.function().equals(function))
            .findFirst()
            .orElseThrow();
    return SqsPoller.start(
        cloud.queues.client(),
        cloud.queues.queue(trigger.queue()),
        // One environment works off one batch at a time.
        new SqsTrigger(
            function,
            trigger.queue(),
            trigger.batchSize(),
            trigger.batchingWindow(),
            trigger.reportsItemFailures(),
            OptionalInt.of(1)),
        event ->
            Cloud.invoke(environment, SQSEvent.class, event, SQSBatchResponse.class).orElse(null));
  }

  private void send(String body) {
    LocalQueue usage = cloud.queues.queue("UsageQueue");
    cloud.queues.client().sendMessage(message -> message.queueUrl(usage.url()).messageBody(body));
  }

  private List<String> deadLetters() {
    LocalQueue dead = cloud.queues.queue("UsageDeadLetterQueue");
    return cloud
        .queues
        .client()
        .receiveMessage(
            request -> request.queueUrl(dead.url()).visibilityTimeout(0).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(software.amazon.awssdk.services.sqs.model.Message::body)
        .toList();
  }

  private static String usage(String id, String user, String cost) {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"a","model":"gpt-4o","provider":"openai","cost":"%s"}
    """
        .formatted(id, Instant.now(), user, cost)
        .strip();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).header("X-API-Key", Cloud.ADMIN_KEY).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String url, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("X-API-Key", Cloud.ADMIN_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static ConditionFactory eventually() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .pollInSameThread();
  }
}
