package dev.stipend.migration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.lambda.BudgetApiFunction;
import dev.stipend.lambda.MigrateDatabaseFunction;
import dev.stipend.lambda.SweepBudgetsFunction;
import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.platform.sql.DatabaseUrl;
import dev.stipend.support.TestContext;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import dev.stipend.support.http.Requests;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class DeployTest {
  private static final Map<String, Object> DEPLOY = Map.of("verb", "deploy");
  private static final Map<String, Object> STATUS = Map.of("verb", "status");

  @Test
  void deployBringsAnEmptyDatabaseUpToDateAndASecondDeployChangesNothing() {
    try (ApplicationContext context = start(TestServers.newDatabase())) {
      assertThat(invoke(context, STATUS)).containsEntry("outcome", "pending");
      assertThat(invoke(context, DEPLOY))
          .containsEntry("outcome", "migrated")
          .containsEntry("schemaVersion", SchemaVersion.REQUIRED);
      assertThat(invoke(context, DEPLOY)).containsEntry("outcome", "up-to-date");
      assertThat(invoke(context, STATUS))
          .containsEntry("outcome", "up-to-date")
          .containsEntry("pending", List.of());
    }
  }

  @Test
  void fourDeploysAtOnceOnAnEmptyDatabaseAllSucceedAndMigrateOnce() throws Exception {
    String url = TestServers.newDatabase();
    try (ApplicationContext context = start(url);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Map<String, Object>>> deploys = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        deploys.add(threads.submit(() -> invoke(context, DEPLOY)));
      }
      for (Future<Map<String, Object>> deploy : deploys) {
        assertThat(deploy.get()).containsEntry("schemaVersion", SchemaVersion.REQUIRED);
      }
    }
    Database database = new Database(url);
    assertThat(
            database.rows(
                "SELECT version FROM stipend.flyway_schema_history WHERE version IS NOT NULL"))
        .doesNotHaveDuplicates()
        .contains(SchemaVersion.REQUIRED);
    assertThat(
            database.value(
                "SELECT count(*) FROM stipend.migration_runs WHERE outcome = 'succeeded'"))
        .isEqualTo("4");
  }

  @Test
  void theRequiredVersionIsTheNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.startsWith("V"))
                  .map(name -> name.substring(1, name.indexOf("__")))
                  .max(String::compareTo))
          .contains(SchemaVersion.REQUIRED);
    }
  }

  @Test
  void aDatabaseThatHasTheListAsASqlMigrationGetsTheListOfTheFileAndLosesNoPrice() {
    String url = TestServers.newDatabase();
    deployAsBeforeTheListWasAFile(url);
    Database database = new Database(url);
    try (ApplicationContext context = start(url)) {
      assertThat(invoke(context, STATUS)).containsEntry("outcome", "pending");
      Map<String, Object> report = invoke(context, DEPLOY);
      assertThat(report).containsEntry("outcome", "migrated");
      assertThat(String.valueOf(report.get("applied"))).endsWith("list prices of the file]");
      assertThat(invoke(context, DEPLOY)).containsEntry("outcome", "up-to-date");
    }
    assertThat(
            database.rows(
                """
                SELECT provider, model, input_per_million
                FROM stipend.model_prices
                WHERE source IS NULL
                """))
        .as("what the file no longer holds stays")
        .containsExactly("acme|forgotten|1.000000");
    assertThat(
            database.value(
                """
                SELECT cached_input_per_million
                FROM stipend.model_prices
                WHERE provider = 'openai' AND model = 'gpt-4o'
                """))
        .as("what it holds has its figures")
        .isEqualTo("1.250000");
  }

  @Test
  void aChangedListIsBroughtInByTheNextDeploy() {
    String url = TestServers.newDatabase();
    Database database = new Database(url);
    try (ApplicationContext context = start(url)) {
      invoke(context, DEPLOY);
      database.execute(
          "UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NULL");
      database.execute(
          "UPDATE stipend.model_prices SET input_per_million = 9 WHERE model = 'gpt-4o'");
      assertThat(invoke(context, DEPLOY))
          .containsEntry("applied", List.of("list prices of the file"));
    }
    assertThat(
            database.rows(
                "SELECT input_per_million FROM stipend.model_prices WHERE model = 'gpt-4o'"))
        .containsExactly("2.500000");
  }

  /// Migrates to the last version that had the list in `R__list_prices.sql`.
  private static void deployAsBeforeTheListWasAFile(String url) {
    DatabaseUrl parsed = DatabaseUrl.parse("test", url);
    Flyway.configure()
        .dataSource(parsed.jdbcUrl(), parsed.user().orElseThrow(), parsed.password().orElseThrow())
        .locations("classpath:db/migration", "classpath:db/before-the-list-was-a-file")
        .target("202611210007")
        .defaultSchema("stipend")
        .load()
        .migrate();
  }

  @Test
  void otherFunctionsNeverMigrateAndSayWhatIsMissing() {
    String url = TestServers.newDatabase();
    try (ApplicationContext context = start(url)) {
      SweepBudgetsFunction sweep = new SweepBudgetsFunction(context);
      assertThatThrownBy(() -> sweep.handleRequest(Map.of(), new TestContext()))
          .hasStackTraceContaining("The database has no Stipend schema; this build needs version")
          .hasStackTraceContaining("Invoke MigrateDatabaseFunction with {\"verb\":\"deploy\"}");
      Requests.Answer answer =
          new Requests(new BudgetApiFunction(context))
              .send("GET", "/api/budgets", "", Map.of("x-api-key", "any"));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("detail"))
          .contains("has no Stipend schema", "migrations are missing", "or run migrate deploy");
      Requests.Answer health =
          new Requests(new BudgetApiFunction(context)).send("GET", "/api/health", "", Map.of());
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body()).contains("needs migration");
      assertThat(
              new Database(url).rows("SELECT nspname FROM pg_namespace WHERE nspname = 'stipend'"))
          .isEmpty();
    }
  }

  /// A version that came late has the highest rank, and is not the newest for that.
  @Test
  void aVersionThatWasLetInOutOfOrderTakesNoFunctionDown() {
    String url = TestServers.newDatabase();
    try (ApplicationContext context = start(url)) {
      invoke(context, DEPLOY);
      new Database(url)
          .execute(
              "UPDATE stipend.flyway_schema_history SET installed_rank = 1000 WHERE version ="
                  + " '202611210003'");
    }
    try (ApplicationContext context = start(url)) {
      Requests.Answer answer =
          new Requests(new BudgetApiFunction(context)).send("GET", "/api/health", "", Map.of());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("schemaVersion")).isEqualTo(SchemaVersion.REQUIRED);
      assertThat(invoke(context, STATUS)).containsEntry("schemaVersion", SchemaVersion.REQUIRED);
      assertThat(invoke(context, Map.of("verb", "stamp", "target", "head")))
          .containsEntry("schemaVersion", SchemaVersion.REQUIRED);
    }
  }

  @Test
  void aSchemaThatIsOlderThanTheBuildIsNamedWithBothVersions() {
    String url = TestServers.newDatabase();
    try (ApplicationContext context = start(url)) {
      invoke(context, DEPLOY);
      new Database(url)
          .execute(
              "DELETE FROM stipend.flyway_schema_history WHERE version > '202611210003' OR version"
                  + " IS NULL");
    }
    try (ApplicationContext context = start(url)) {
      SweepBudgetsFunction sweep = new SweepBudgetsFunction(context);
      assertThatThrownBy(() -> sweep.handleRequest(Map.of(), new TestContext()))
          .hasStackTraceContaining(
              "at version 202611210003; this build needs version " + SchemaVersion.REQUIRED);
    }
  }

  @Test
  void aMissingDatabaseUrlIsOneSentenceThatNamesTheVariable() {
    try (ApplicationContext context = start("")) {
      assertThatThrownBy(() -> invoke(context, DEPLOY))
          .hasMessageStartingWith(
              "DATABASE_URL is not set; it is the URL of the PostgreSQL database. Take");
    }
  }

  @Test
  void aStackThatIsCreatedIsAnsweredAndItsDatabaseMigrated() {
    TestServers.HTTP.stubFor(
        put(urlEqualTo("/cfn-create")).willReturn(aResponse().withStatus(200)));
    try (ApplicationContext context = start(TestServers.newDatabase())) {
      invoke(context, stackRequest("Create", "/cfn-create"));
      assertThat(invoke(context, STATUS)).containsEntry("outcome", "up-to-date");
    }
    TestServers.HTTP.verify(
        putRequestedFor(urlEqualTo("/cfn-create"))
            .withRequestBody(matchingJsonPath("$.Status", equalTo("SUCCESS")))
            .withRequestBody(
                matchingJsonPath("$.PhysicalResourceId", equalTo("stipend-database"))));
  }

  @Test
  void aStackIsToldWhenItsDatabaseIsDownAndDeletingItSucceedsAllTheSame() {
    TestServers.HTTP.stubFor(put(urlEqualTo("/cfn-down")).willReturn(aResponse().withStatus(200)));
    TestServers.HTTP.stubFor(
        put(urlEqualTo("/cfn-delete")).willReturn(aResponse().withStatus(200)));
    try (ApplicationContext context = start("postgresql://nobody:s3cret@127.0.0.1:1/none")) {
      assertThat(invoke(context, stackRequest("Create", "/cfn-down")))
          .containsEntry("status", "FAILED");
      assertThat(invoke(context, stackRequest("Delete", "/cfn-delete")))
          .containsEntry("status", "SUCCESS");
    }
    TestServers.HTTP.verify(
        putRequestedFor(urlEqualTo("/cfn-down"))
            .withRequestBody(containing("127.0.0.1:1 refused"))
            .withRequestBody(notContaining("s3cret")));
  }

  private static Map<String, Object> stackRequest(String type, String path) {
    return Map.of(
        "RequestType",
        type,
        "ResponseURL",
        TestServers.HTTP.baseUrl() + path,
        "StackId",
        "arn:aws:cloudformation:us-east-1:000000000000:stack/stipend/1",
        "RequestId",
        "request-" + type,
        "LogicalResourceId",
        "DatabaseMigration",
        "ResourceProperties",
        Map.of());
  }

  private static ApplicationContext start(String databaseUrl) {
    return ApplicationContext.builder("function")
        .properties(
            Map.of(
                "database.url",
                databaseUrl,
                "datasources.default.connection-timeout",
                1000,
                "stipend.database.wake-up",
                "0s"))
        .start();
  }

  private static Map<String, Object> invoke(ApplicationContext context, Map<String, Object> input) {
    return new MigrateDatabaseFunction(context).handleRequest(input, new TestContext());
  }
}
