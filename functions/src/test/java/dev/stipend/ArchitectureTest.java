package dev.stipend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
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
          "sql",
          "money",
          "time",
          "forecast",
          "chart",
          "json",
          "wording",
          "metric",
          "isolation",
          "workspace",
          "audit",
          "idempotency",
          "price",
          "intake",
          "spend",
          "retention",
          "archive",
          "report",
          "budget",
          "reservation",
          "alert",
          "summary",
          "simulation",
          "notify",
          "source");

  /// Implement ports; only wiring may know them.
  private static final List<String> EDGES_OUT = List.of("slack", "email", "webhook", "queue", "s3");

  /// Known to nobody but each other, in this order.
  private static final List<String> EDGES_IN = List.of("api", "function");

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.stipend");

  /// The descriptions of the API are there when it is built, not when it runs.
  @Test
  void nothingThatRunsNeedsTheAnnotationsOfDescriptions() {
    noClasses()
        .should()
        .accessClassesThat()
        .resideInAPackage("io.swagger..")
        .orShould(loadClassesOf("io.swagger."))
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> loadClassesOf(String prefix) {
    return new ArchCondition<>("load classes of " + prefix) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getCodeUnits().stream()
            .flatMap(unit -> unit.getReferencedClassObjects().stream())
            .filter(each -> each.getRawType().getName().startsWith(prefix))
            .forEach(
                each ->
                    events.add(
                        SimpleConditionEvent.satisfied(
                            item, each.getSourceCodeLocation().toString())));
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> everyPackageKnowsOnlyThoseBeforeIt() {
    return ORDER.stream()
        .map(
            name ->
                holds(
                    name + " knows only what comes before it",
                    noClasses()
                        .that()
                        .resideInAPackage(tree(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(allBut(ORDER.subList(0, ORDER.indexOf(name) + 1)))));
  }

  @TestFactory
  Stream<DynamicTest> edgesOutKnowTheirPortsAndNoEdge() {
    return EDGES_OUT.stream()
        .map(
            name -> {
              List<String> known = new ArrayList<>(ORDER);
              known.add(name);
              return holds(
                  name + " knows no other edge",
                  noClasses()
                      .that()
                      .resideInAPackage(tree(name))
                      .should()
                      .dependOnClassesThat()
                      .resideInAnyPackage(allBut(known)));
            });
  }

  @TestFactory
  Stream<DynamicTest> nobodyKnowsTheEdges() {
    return Stream.of(
        holds(
            "only wiring knows the edges out",
            noClasses()
                .that()
                .resideOutsideOfPackages(trees(join(EDGES_OUT, List.of("wiring"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(trees(EDGES_OUT))),
        holds(
            "only functions know the API",
            noClasses()
                .that()
                .resideOutsideOfPackages(trees(EDGES_IN))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("api"))),
        holds(
            "nobody knows functions",
            noClasses()
                .that()
                .resideOutsideOfPackage(tree("function"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("function"))),
        holds(
            "nobody knows the command line",
            noClasses()
                .that()
                .resideOutsideOfPackage(tree("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("cli"))),
        holds(
            "the command line knows no other edge",
            noClasses()
                .that()
                .resideInAPackage(tree("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(trees(join(join(EDGES_OUT, EDGES_IN), List.of("wiring"))))),
        holds(
            "nobody knows the wiring",
            noClasses()
                .that()
                .resideOutsideOfPackage(tree("wiring"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree("wiring"))),
        holds(
            "migration knows no feature",
            noClasses()
                .that()
                .resideInAPackage(tree("migrate"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(allBut(List.of("migrate", "sql", "json")))));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> librariesStayWhereTheyBelong() {
    return Stream.of(
        onlyIn("Lambda's types", List.of("function"), "com.amazonaws.services.lambda.."),
        onlyIn("CloudFormation's responses", List.of("function"), "software.amazon.lambda.."),
        onlyIn(
            "the AWS SDK", List.of("queue", "s3", "email", "wiring"), "software.amazon.awssdk.."),
        onlyIn("the Slack SDK", List.of("slack"), "com.slack.."),
        onlyIn("Flyway", List.of("migrate"), "org.flywaydb..", "io.micronaut.flyway.."),
        onlyIn("picocli", List.of("cli"), "picocli.."),
        onlyIn("mail", List.of("email"), "jakarta.mail..", "io.micronaut.email.."),
        onlyIn("the HTTP server", List.of("api"), "io.micronaut.http.server.."));
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
    return !type.getSimpleName().endsWith("Generated");
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

  private static String[] allBut(List<String> known) {
    return trees(
        join(join(ORDER, EDGES_OUT), join(EDGES_IN, List.of("wiring", "migrate"))).stream()
            .filter(name -> !known.contains(name))
            .toList());
  }

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  static String[] trees(List<String> names) {
    return names.stream().map(ArchitectureTest::tree).toArray(String[]::new);
  }

  static String tree(String name) {
    return ROOT + name + "..";
  }
}
