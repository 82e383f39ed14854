package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the template against the rules that no linter knows.
class TemplateTest {
  private static final Path ROOT = Path.of("../..");
  private static final String MIGRATION = "MigrateDatabaseFunction";

  private final SamTemplate template;

  TemplateTest() throws IOException {
    template = SamTemplate.read(ROOT.resolve("template.yaml"));
  }

  @Test
  void thereAreExactlyTheSixFunctions() {
    assertThat(template.functions())
        .extracting(FunctionResource::logicalId)
        .containsExactlyInAnyOrder(
            "RecordUsageFunction",
            "SweepBudgetsFunction",
            "DeliverAlertsFunction",
            "BudgetApiFunction",
            "MaintainLedgerFunction",
            MIGRATION);
  }

  @Test
  void aFunctionIsCalledAfterItsHandlerClass() {
    assertThat(template.functions())
        .allSatisfy(
            function ->
                assertThat(function.handler())
                    .isEqualTo("dev.stipend.lambda." + function.logicalId()));
  }

  @Test
  void oneZipHoldsEveryFunction() {
    assertThat(functions())
        .extracting(function -> function.properties().requiredText("CodeUri"))
        .containsOnly("functions/target/stipend-functions.zip");
  }

  @Test
  void everyFunctionPublishesASnapshotUnderTheAliasLiveAtEachRelease() {
    assertThat(functions())
        .allSatisfy(
            function -> {
              Block properties = function.properties();
              assertThat(properties.requiredText("AutoPublishAlias")).isEqualTo("live");
              assertThat(properties.block("SnapStart").requiredText("ApplyOn"))
                  .isEqualTo("PublishedVersions");
              assertThat(properties.reference("AutoPublishCodeSha256")).isEqualTo("ReleaseId");
            });
  }

  @Test
  void theUsageAndAlertsQueuesFeedTheirFunctions() {
    assertThat(template.sqsTriggers())
        .extracting(trigger -> trigger.function() + " from " + trigger.queue())
        .containsExactlyInAnyOrder(
            "RecordUsageFunction from UsageQueue", "DeliverAlertsFunction from AlertsQueue");
  }

  @Test
  void aFailedMessageFailsAlone() {
    assertThat(template.sqsTriggers()).allMatch(SqsTrigger::reportsItemFailures);
  }

  @Test
  void concurrencyIsLimitedAtTheQueueSoThatNoMessageIsThrottledIntoTheDeadLetters() {
    assertThat(template.sqsTriggers())
        .allMatch(trigger -> trigger.maximumConcurrency().isPresent());
    assertThat(functions())
        .allSatisfy(
            function ->
                assertThat(function.properties().keys())
                    .doesNotContain("ReservedConcurrentExecutions"));
  }

  @Test
  void noMessageComesBackWhileItIsBeingWorkedOn() {
    assertThat(template.sqsTriggers())
        .allSatisfy(
            trigger -> {
              Duration timeout = template.function(trigger.function()).timeout();
              assertThat(template.queue(trigger.queue()).visibilityTimeout())
                  .isGreaterThanOrEqualTo(timeout.multipliedBy(6).plus(trigger.batchingWindow()));
            });
  }

  @Test
  void deadLettersOutliveTheQueueTheyCameFrom() {
    assertThat(template.sqsTriggers())
        .allSatisfy(
            trigger -> {
              QueueResource queue = template.queue(trigger.queue());
              QueueResource.Redrive redrive = queue.redrive().orElseThrow();
              assertThat(redrive.maximumReceives()).isGreaterThanOrEqualTo(5);
              QueueResource deadLetters = template.queue(redrive.deadLetterQueue());
              assertThat(deadLetters.retention())
                  .isEqualTo(Duration.ofDays(14))
                  .isGreaterThan(queue.retention());
            });
  }

  @Test
  void batchesOverTenHaveAWindowOfSeconds() {
    assertThat(template.sqsTriggers())
        .filteredOn(trigger -> trigger.batchSize() > 10)
        .isNotEmpty()
        .allSatisfy(
            trigger ->
                assertThat(trigger.batchingWindow())
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5)));
  }

  @Test
  void schedulesGiveUpBeforeTheNextRunAndNameTheirZone() {
    assertThat(template.scheduleTriggers())
        .extracting(ScheduleTrigger::function)
        .containsExactlyInAnyOrder("SweepBudgetsFunction", "MaintainLedgerFunction");
    assertThat(template.scheduleTriggers())
        .allSatisfy(
            schedule -> {
              assertThat(schedule.maximumRetries()).isLessThanOrEqualTo(2);
              assertThat(schedule.maximumEventAge()).isEqualTo(Duration.ofSeconds(60));
              assertThat(schedule.timeZone()).isPresent();
            });
  }

  @Test
  void aPackIsMaintainedEveryDayIfAParameterNamesIt() {
    Block schedule =
        template
            .resource(Resource.FUNCTION, "MaintainLedgerFunction")
            .properties()
            .block("Events")
            .block("Pack")
            .block("Properties");
    assertThat(schedule.raw("State"))
        .contains(new Intrinsic("If", List.of("HasMaintainedPack", "ENABLED", "DISABLED")));
    assertThat(schedule.raw("Input"))
        .contains(
            new Intrinsic(
                "Sub",
                "{\"verb\":\"maintain\",\"pack\":\"${MaintainedPack}\",\"schema\":\"${MaintainedSchema}\"}"));
    assertThat(schedule.text("ScheduleExpressionTimezone")).contains("UTC");
  }

  @Test
  void theSweepRunsEveryFiveMinutesUnlessToldOtherwise() {
    assertThat(template.scheduleTriggers())
        .filteredOn(schedule -> schedule.function().equals("SweepBudgetsFunction"))
        .extracting(ScheduleTrigger::expression)
        .containsExactly("rate(5 minutes)");
  }

  @Test
  void theApiTakesEveryRequestAsAnEventOfVersionTwo() {
    assertThat(template.httpTriggers())
        .containsExactly(new HttpTrigger("BudgetApiFunction", "ANY", "$default", "2.0"));
  }

  @Test
  void aDeployMigratesFirstAndOnce() {
    Resource migration = migration();

    assertThat(migration.properties().raw("ServiceToken"))
        .contains(new Intrinsic("Ref", MIGRATION + ".Alias"));
    assertThat(migration.properties().raw("FunctionVersion"))
        .contains(new Intrinsic("Ref", MIGRATION + ".Version"));
    assertThat(
            template
                .resource(Resource.FUNCTION, MIGRATION)
                .properties()
                .block("EventInvokeConfig")
                .number("MaximumRetryAttempts"))
        .contains(0);
    assertThat(migration.dependsOn()).containsExactly(MIGRATION + "EventInvokeConfig");
    assertThat(functions())
        .filteredOn(function -> !function.logicalId().equals(MIGRATION))
        .allSatisfy(function -> assertThat(function.dependsOn()).contains(migration.logicalId()));
  }

  @Test
  void cloudFormationWaitsLongerThanAMigrationMayTake() {
    Duration timeout = template.function(MIGRATION).timeout();

    assertThat(migration().properties().number("ServiceTimeout"))
        .hasValueSatisfying(
            seconds -> assertThat(Duration.ofSeconds(seconds)).isGreaterThan(timeout));
  }

  @Test
  void theTemplateNamesTheNewestMigration() throws IOException {
    Path migrations = ROOT.resolve("functions/src/main/resources/db/migration");
    try (Stream<Path> files = Files.list(migrations)) {
      String newest =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("V"))
              .map(name -> name.substring(1, name.indexOf("__")))
              .max(String::compareTo)
              .orElseThrow();

      assertThat(migration().properties().requiredText("LatestVersion")).isEqualTo(newest);
    }
  }

  /// `-Dgolden.update=true` writes it anew.
  @Test
  void theTemplateCarriesAHashOfEverythingThatMigrates() throws Exception {
    String hash = migrationsHash();
    Path file = ROOT.resolve("template.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(
          file,
          Files.readString(file)
              .replaceFirst("MigrationsHash: \"[^\"]*\"", "MigrationsHash: \"" + hash + "\""));
    }

    assertThat(
            SamTemplate.read(file)
                .resource("Custom::DatabaseMigration", "DatabaseMigration")
                .properties()
                .requiredText("MigrationsHash"))
        .isEqualTo(hash);
  }

  /// Of all names and contents, in the order of the names: the migrations, and the list that is
  /// brought in with them.
  private static String migrationsHash() throws IOException, NoSuchAlgorithmException {
    Path resources = ROOT.resolve("functions/src/main/resources");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> migrations = Files.list(resources.resolve("db/migration"));
        Stream<Path> prices = Files.list(resources.resolve("prices"))) {
      for (Path each : Stream.concat(migrations, prices).sorted().toList()) {
        digest.update(String.valueOf(each.getFileName()).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(Files.readAllBytes(each));
        digest.update((byte) 0);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<Resource> functions() {
    return template.resources(Resource.FUNCTION).toList();
  }

  private Resource migration() {
    return template.resource("Custom::DatabaseMigration", "DatabaseMigration");
  }
}
