package dev.stipend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static dev.stipend.ArchitectureTest.CLASSES;
import static dev.stipend.ArchitectureTest.ROOT;
import static dev.stipend.ArchitectureTest.holds;
import static dev.stipend.ArchitectureTest.tree;
import static dev.stipend.ArchitectureTest.trees;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the core must not touch: frameworks, the database, clocks, floating numbers.
final class PurityTest {
  private static final String[] PURE_PACKAGES = {
    ROOT + "money", ROOT + "time", ROOT + "forecast", ROOT + "intake"
  };

  private static final Set<String> PURE_CLASSES =
      Set.of(
          "json.ExactJson",
          "json.JsonFields",
          "json.InvalidJsonException",
          "json.Labels",
          "json.PrintableText",
          "price.LiteLlmPrices",
          "price.ModelName",
          "price.ModelNames",
          "price.ModelPrice",
          "price.NameTrim",
          "price.NewPrice",
          "price.PriceBook",
          "price.PriceFile",
          "price.PriceReader",
          "price.PriceSheet",
          "price.PriceShelf",
          "price.Provider",
          "price.Providers",
          "price.TokenKind",
          "price.TokenPrices",
          "price.TokenUsage",
          "spend.Attribution",
          "spend.EventDigest",
          "spend.EventKind",
          "spend.PricedEvent",
          "spend.UsageEvent",
          "spend.UsageEventReader",
          "report.Dimension",
          "report.Interval",
          "report.Piece",
          "report.QuarterHours",
          "report.SpendQuery",
          "budget.Budget",
          "budget.BudgetTerms",
          "budget.BudgetVersion",
          "budget.CountedBatch",
          "budget.CountedEvent",
          "budget.Counter",
          "budget.Increase",
          "budget.KnownPeriods",
          "budget.CounterKey",
          "budget.CounterIncrement",
          "budget.CountedWork",
          "budget.Headroom",
          "budget.HeadroomReading",
          "budget.Scope",
          "budget.ScopePair",
          "budget.Severity",
          "budget.Threshold",
          "budget.ThresholdKind",
          "alert.AlertDecision",
          "alert.AlertState",
          "alert.AlertType",
          "alert.Evaluation",
          "alert.FlapGuard",
          "alert.Line",
          "alert.LineStanding",
          "alert.Lines",
          "alert.Prospect",
          "alert.Situation",
          "alert.Hush",
          "alert.LoggedAlert",
          "simulation.Denials",
          "simulation.PeriodOutcome",
          "simulation.PeriodReplay",
          "simulation.SimulatedAlert",
          "simulation.SubjectOutcome",
          "simulation.SubjectReplay",
          "notify.Backoff",
          "notify.DeliveryKey",
          "notify.Earlier",
          "notify.SecretShape",
          "notify.Silence",
          "notify.SilenceMatcher",
          "notify.Waiting");

  @Test
  void timeAndIdentityComeInFromTheWiring() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("wiring"))
        .should()
        .accessTargetWhere(ForbiddenAccess.READS_THE_WORLD)
        .check(CLASSES);
  }

  @Test
  void theCoreIsPure() {
    classes()
        .that(describe("are pure", PurityTest::isPure))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java.lang..",
                    "java.io..",
                    "java.math..",
                    "java.nio.charset..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify.annotations..",
                    "com.fasterxml.jackson.core..",
                    "dev.stipend..")
                .or(describe("arrays of primitives", type -> type.getPackageName().isEmpty())))
        .check(CLASSES);
    assertThat(PURE_CLASSES)
        .as("the list names classes that exist")
        .allMatch(name -> CLASSES.contain(ROOT + name));
  }

  @TestFactory
  Stream<DynamicTest> moneyIsNeverFloating() {
    String[] exact =
        trees(
            List.of(
                "money",
                "json",
                "price",
                "intake",
                "spend",
                "archive",
                "report",
                "budget",
                "alert",
                "simulation",
                "api"));
    DescribedPredicate<JavaClass> floating = describe("floating", ForbiddenAccess::isFloating);
    return Stream.of(
        holds(
            "no field is floating",
            noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(exact)
                .should()
                .haveRawType(floating)),
        holds(
            "no method returns a floating number",
            noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(exact)
                .should()
                .haveRawReturnType(floating)),
        holds(
            "nothing asks for or hands over a floating number",
            noClasses()
                .that()
                .resideInAnyPackage(exact)
                .should()
                .accessTargetWhere(ForbiddenAccess.FLOATING)));
  }

  private static boolean isPure(JavaClass type) {
    String name = type.getName().replaceFirst("\\$.*", "");
    return List.of(PURE_PACKAGES).contains(type.getPackageName())
        || (!type.getSimpleName().startsWith("$")
            && PURE_CLASSES.contains(name.replaceFirst("^dev\\.stipend\\.", "")));
  }
}
