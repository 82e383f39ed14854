package dev.stipend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Who may know whom, and who may know the world outside. Rules hold for packages that do not exist
/// yet, too.
final class ArchitectureTest {
  static final String ROOT = "dev.stipend.";

  /// Each may know those before it.
  private static final List<String> ORDER =
      List.of(
          "money",
          "time",
          "platform",
          "tenant",
          "ingest",
          "budget",
          "enforcement",
          "alert",
          "notification",
          "report",
          "maintenance",
          "usecase");

  /// Doors to the product: functions know the others, and no feature knows any.
  private static final List<String> DOORS = List.of("http", "console", "lambda");

  /// Behind a port each; nobody else knows them.
  private static final List<String> ADAPTERS =
      List.of(
          "notification.slack", "notification.email", "notification.webhook", "notification.table");

  /// May know migration: tenant gives it something to do once a deployment has migrated, and the
  /// maintenance of packs asks it where they are.
  private static final List<String> KNOW_MIGRATION = List.of("tenant", "maintenance");

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.stipend");

  @TestFactory
  Stream<DynamicTest> everyPackageKnowsOnlyThoseBeforeIt() {
    return ORDER.stream()
        .map(
            name ->
                knowsNone(name + " knows only what comes before it", tree(name), notBefore(name)));
  }

  private static List<String> notBefore(String name) {
    List<String> unknown = new ArrayList<>(ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()));
    unknown.addAll(DOORS);
    unknown.add("cli");
    if (!KNOW_MIGRATION.contains(name)) {
      unknown.add("migration");
    }
    return unknown;
  }

  @TestFactory
  Stream<DynamicTest> nobodyKnowsAnAdapter() {
    return ADAPTERS.stream()
        .map(
            name ->
                holds(
                    "only " + name + " knows itself",
                    noClasses()
                        .that()
                        .resideOutsideOfPackage(tree(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(tree(name))));
  }

  @TestFactory
  Stream<DynamicTest> doorsAreKnownToNobody() {
    return Stream.of(
        holds(
            "only functions know the API",
            noClasses()
                .that()
                .resideOutsideOfPackages(trees(List.of("http", "lambda")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("http"))),
        knowsNone(
            "the API knows no other door",
            tree("http"),
            List.of("console", "lambda", "cli", "migration")),
        knowsNone(
            "the console knows no other door",
            tree("console"),
            List.of("http", "lambda", "cli", "migration")),
        knowsNone("functions know no command line", tree("lambda"), List.of("cli")),
        knowsNone("the command line knows no other door", tree("cli"), DOORS));
  }

  @Test
  void migrationKnowsNoFeature() {
    List<String> unknown = new ArrayList<>(ORDER);
    unknown.remove("platform");
    unknown.addAll(DOORS);
    unknown.add("cli");
    noClasses()
        .that()
        .resideInAPackage(tree("migration"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(trees(unknown))
        .check(CLASSES);
  }

  @Test
  void onlyTheMaintenanceOfPacksKnowsMigration() {
    noClasses()
        .that()
        .resideInAPackage(tree("maintenance"))
        .and()
        .resideOutsideOfPackage(tree("maintenance.pack"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(tree("migration"))
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> librariesStayWhereTheyBelong() {
    return Stream.of(
        onlyIn("Lambda's types", List.of("lambda"), "com.amazonaws.services.lambda.."),
        onlyIn("CloudFormation's responses", List.of("lambda"), "software.amazon.lambda.."),
        onlyIn("the Slack SDK", List.of("notification.slack"), "com.slack.."),
        onlyIn("Flyway", List.of("migration"), "org.flywaydb..", "io.micronaut.flyway.."),
        onlyIn("picocli", List.of("cli"), "picocli.."),
        onlyIn("mail", List.of("notification.email"), "jakarta.mail..", "io.micronaut.email.."),
        onlyIn("the HTTP server", List.of("http"), "io.micronaut.http.server.."),
        holds(
            "the AWS SDK only in the platform, and in adapters that are named after the service",
            noClasses()
                .that()
                .resideOutsideOfPackage(tree("platform"))
                .and()
                .haveNameNotMatching(".*\\.\\$?(Sqs|S3|Ses)[A-Z][^.]*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")));
  }

  @TestFactory
  Stream<DynamicTest> namesSayWhatAThingIs() {
    return Stream.of("Impl", "Util", "Utils", "Helper", "Manager", "Dto", "DTO", "Service")
        .map(
            suffix ->
                holds(
                    "no name ends with " + suffix,
                    noClasses().should().haveSimpleNameEndingWith(suffix)));
  }

  @Test
  void everyPackageHasItsContractAndIsNullMarked() {
    List<JavaPackage> packages =
        CLASSES.getPackage("dev.stipend").getSubpackagesInTree().stream()
            .filter(each -> each.getClasses().stream().anyMatch(ArchitectureTest::isWritten))
            .toList();
    assertThat(packages).hasSizeGreaterThan(8);
    assertThat(packages)
        .allMatch(each -> each.isAnnotatedWith(NullMarked.class), "has a null-marked package-info");
  }

  /// Whether people wrote the class; templates are compiled to packages of their own.
  private static boolean isWritten(JavaClass type) {
    return !type.getName().replaceFirst("\\$.*", "").endsWith("Generated");
  }

  private static DynamicTest onlyIn(String what, List<String> where, String... packages) {
    return holds(
        what + " only in " + where,
        noClasses()
            .that()
            .resideOutsideOfPackages(trees(where))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages));
  }

  static DynamicTest holds(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(CLASSES));
  }

  private static DynamicTest knowsNone(String what, String of, List<String> unknown) {
    return holds(
        what,
        noClasses()
            .that()
            .resideInAPackage(of)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(trees(unknown)));
  }

  static String[] trees(List<String> names) {
    return names.stream().map(ArchitectureTest::tree).toArray(String[]::new);
  }

  static String tree(String name) {
    return ROOT + name + "..";
  }
}
