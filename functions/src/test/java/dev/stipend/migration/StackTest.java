package dev.stipend.migration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.stipend.lambda.MigrateDatabaseFunction;
import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.LimitedContext;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The life of a stack, as CloudFormation tells it to the function: one answer each time, in time.
class StackTest {
  private static final int CLOUD_FORMATION_TAKES = 4096;
  private static final String STACK =
      "arn:aws:cloudformation:us-east-1:000000000000:stack/stipend/6c1b0f50-a0c4-11f0-9d5e";

  private final Map<String, Object> settings = new HashMap<>();
  private String path = "";
  private int requests;

  @BeforeEach
  void answersAreTaken(TestInfo test) {
    path = "/stack/" + test.getTestMethod().orElseThrow().getName();
    TestServers.HTTP.stubFor(put(urlEqualTo(path)).willReturn(aResponse().withStatus(200)));
    settings.put("stipend.database.wake-up", "0s");
    settings.put("datasources.default.connection-timeout", 1000);
  }

  @Test
  void aStackThatIsCreatedUpdatedTakenBackAndDeletedKeepsItsData() {
    Database database = database();
    Map<String, Object> created = send(event("Create", SchemaVersion.REQUIRED));
    assertThat(created)
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "stipend-database");
    assertThat(String.valueOf(created.get("Data")))
        .contains("schemaVersion=" + SchemaVersion.REQUIRED);
    assertThat(send(event("Update", SchemaVersion.REQUIRED))).containsEntry("Status", "SUCCESS");
    database.execute("DELETE FROM stipend.model_prices");
    database.execute("UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NULL");
    Map<String, Object> back = send(event("Update", "202611210003"));
    assertThat(back).containsEntry("Status", "SUCCESS");
    assertThat(String.valueOf(back.get("Data"))).contains("the stack rolls back, the schema stays");
    assertThat(database.value("SELECT count(*) FROM stipend.model_prices"))
        .as("nothing ran")
        .isEqualTo("0");
    assertThat(send(event("Delete", SchemaVersion.REQUIRED))).containsEntry("Status", "SUCCESS");
    assertThat(database.value("SELECT count(*) FROM stipend.workspaces")).isEqualTo("1");
  }

  @Test
  void olderCodeOnANewerSchemaSucceedsAndTouchesNothing() {
    Database database = database();
    send(event("Create", SchemaVersion.REQUIRED));
    database.execute(
        """
        INSERT INTO stipend.flyway_schema_history
        SELECT 100, '209901010000', 'of the future', 'SQL', 'V209901010000__of_the_future.sql', 1, 'x', now(), 1, TRUE
        """);
    database.execute("UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NULL");
    database.execute("DELETE FROM stipend.model_prices");
    Map<String, Object> answer = send(event("Update", SchemaVersion.REQUIRED));
    assertThat(answer).containsEntry("Status", "SUCCESS");
    assertThat(String.valueOf(answer.get("Data"))).contains("newer than this build's");
    assertThat(database.value("SELECT count(*) FROM stipend.model_prices")).isEqualTo("0");
  }

  @Test
  void aPackIsAResourceOfItsOwnAndSurvivesAStackThatGoesBack() {
    Database database = database();
    Map<String, Object> event = event("Create", "");
    event.put("ResourceProperties", Map.of("Pack", "prompt-budget", "Schema", "prompts"));
    Map<String, Object> created = send(event);
    assertThat(created).as(created.toString()).containsEntry("Status", "SUCCESS");
    assertThat(String.valueOf(created.get("Data"))).contains("applied=7");
    database.execute(
        """
        INSERT INTO stipend_migrations.history__prompt_budget__prompts
        SELECT 100, '209901010000', 'of the future', 'SQL', 'V209901010000__of_the_future.sql', 1, 'x', now(), 1, TRUE
        """);
    Map<String, Object> back = new HashMap<>(event);
    back.put("RequestType", "Update");
    assertThat(String.valueOf(send(back).get("Data"))).contains("newer than this build's");
    back.put("RequestType", "Delete");
    assertThat(send(back)).containsEntry("Status", "SUCCESS");
    assertThat(database.value("SELECT count(*) FROM prompts.slots")).isEqualTo("4");
    back.put("RequestType", "Create");
    back.put("ResourceProperties", Map.of("Pack", "prompt-budgets"));
    assertThat(send(back).get("Reason")).asString().contains("There is no pack prompt-budgets");
  }

  @Test
  void aTemplateThatIsNewerThanTheZipIsRefused() {
    database();
    assertThat(send(event("Create", "209901010000")))
        .containsEntry("Status", "FAILED")
        .extractingByKey("Reason")
        .asString()
        .contains("deploy the zip that belongs to the template");
  }

  @Test
  void aCreateThatFailsIsFollowedByADeleteThatSucceedsWithTheDatabaseDown() {
    settings.put("database.url", "postgresql://nobody:s3cret@127.0.0.1:1/none");
    Map<String, Object> created = send(event("Create", SchemaVersion.REQUIRED));
    assertThat(created).containsEntry("Status", "FAILED");
    assertThat(String.valueOf(created.get("Reason")))
        .isEqualTo(
            "127.0.0.1:1 refused the connection. Start the server, or correct host and port in"
                + " DATABASE_URL.");
    assertThat(send(event("Delete", SchemaVersion.REQUIRED)))
        .containsEntry("Status", "SUCCESS")
        .containsEntry("PhysicalResourceId", "stipend-database");
  }

  @Test
  void aRequestThatComesAgainIsAnsweredAsBeforeAndRunsNothing() {
    Database database = database();
    Map<String, Object> event = event("Create", SchemaVersion.REQUIRED);
    assertThat(send(event)).containsEntry("Status", "SUCCESS");
    database.execute("UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NULL");
    database.execute("DELETE FROM stipend.model_prices");
    assertThat(String.valueOf(send(event).get("Data"))).contains("carried out before");
    assertThat(database.value("SELECT count(*) FROM stipend.model_prices")).isEqualTo("0");
    assertThat(database.value("SELECT count(*) FROM stipend.migration_runs")).isEqualTo("1");
  }

  @Test
  void anErrorIsAnAnswer() {
    database();
    assertThat(
            send(
                event("Create", SchemaVersion.REQUIRED),
                () -> {
                  throw new StackOverflowError("deep");
                },
                Duration.ofSeconds(30)))
        .containsEntry("Status", "FAILED")
        .extractingByKey("Reason")
        .asString()
        .contains("StackOverflowError: deep");
  }

  @Test
  void aReasonOfTwentyKilobytesIsShortened() {
    database();
    String reason = "\"é\t".repeat(5_000);
    Map<String, Object> answer;
    try (CapturedLog log = CapturedLog.start()) {
      answer =
          send(
              event("Create", SchemaVersion.REQUIRED),
              () -> {
                throw new IllegalStateException(reason);
              },
              Duration.ofSeconds(30));
      assertThat(log.text("dev.stipend.lambda")).contains("not migrated").hasSizeLessThan(5_000);
    }
    assertThat(answer).containsEntry("Status", "FAILED");
    assertThat(String.valueOf(answer.get("Reason"))).endsWith(" …");
  }

  @Test
  void theEndOfLambdasTimeIsAnsweredBeforeAndCancelsWhatRuns() throws Exception {
    Database database = database();
    send(event("Create", SchemaVersion.REQUIRED));
    database.execute("UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NULL");
    try (Connection holder = database.connect()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE stipend.model_prices");
      Duration time = Duration.ofSeconds(3);
      long start = System.nanoTime();
      Map<String, Object> answer = send(event("Update", SchemaVersion.REQUIRED), () -> {}, time);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(time);
      assertThat(answer).containsEntry("Status", "FAILED");
      assertThat(String.valueOf(answer.get("Reason")))
          .containsAnyOf("ran out of time", "did not end within");
    }
  }

  private Database database() {
    String url = TestServers.newDatabase();
    settings.put("database.url", url);
    return new Database(url);
  }

  private Map<String, Object> send(Map<String, Object> event) {
    return send(event, () -> {}, Duration.ofSeconds(60));
  }

  /// Invokes the function, and answers what CloudFormation was told: exactly one thing.
  private Map<String, Object> send(
      Map<String, Object> event, DeployedHook afterwards, Duration time) {
    try (ApplicationContext context =
        ApplicationContext.builder("function")
            .properties(settings)
            .singletons(afterwards)
            .start()) {
      new MigrateDatabaseFunction(context).handleRequest(event, new LimitedContext(time));
    }
    List<LoggedRequest> answers = TestServers.HTTP.findAll(putRequestedFor(urlEqualTo(path)));
    assertThat(answers).hasSize(++requests);
    byte[] body = answers.getLast().getBody();
    assertThat(body).hasSizeLessThanOrEqualTo(CLOUD_FORMATION_TAKES);
    String text = new String(body, StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("s3cret");
    Map<String, Object> answer = new HashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(ExactJson.parse(text)))
        .forEach((name, value) -> answer.put(String.valueOf(name), String.valueOf(value)));
    return answer;
  }

  private Map<String, Object> event(String type, String version) {
    Map<String, Object> event = new HashMap<>();
    event.put("RequestType", type);
    event.put(
        "ServiceToken", "arn:aws:lambda:us-east-1:000000000000:function:stipend-migrate:live");
    event.put("ResponseURL", TestServers.HTTP.baseUrl() + path);
    event.put("StackId", STACK);
    event.put(
        "RequestId",
        "5d478078-13e9-baf0-464a-%012d".formatted(System.nanoTime() % 1_000_000_000_000L));
    event.put("LogicalResourceId", "DatabaseMigration");
    event.put("ResourceType", "Custom::DatabaseMigration");
    event.put(
        "ResourceProperties",
        Map.of(
            "ServiceToken",
            "arn:aws:lambda:us-east-1:000000000000:function:stipend-migrate:live",
            "ServiceTimeout",
            "960",
            "FunctionVersion",
            "7",
            "LatestVersion",
            version));
    if (!type.equals("Create")) {
      event.put("PhysicalResourceId", "stipend-database");
    }
    if (type.equals("Update")) {
      event.put("OldResourceProperties", Map.of("LatestVersion", "202611210001"));
    }
    return event;
  }
}
