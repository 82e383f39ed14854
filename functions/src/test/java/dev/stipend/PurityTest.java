package dev.stipend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
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
    ROOT + "money",
    ROOT + "time",
    ROOT + "budget.forecast",
    ROOT + "ingest.format",
    ROOT + "ingest.format.bedrock"
  };

  private static final Set<String> PURE_CLASSES =
      Set.of(
          "platform.json.ExactJson",
          "platform.json.JsonFields",
          "platform.json.InvalidJsonException",
          "platform.json.Labels",
          "platform.json.PrintableText",
          "ingest.price.list.LiteLlmPrices",
          "ingest.price.ModelName",
          "ingest.price.ModelNames",
          "ingest.price.ModelPrice",
          "ingest.price.NameTrim",
          "ingest.price.NewPrice",
          "ingest.price.PriceBook",
          "ingest.price.list.PriceFile",
          "ingest.price.PriceReader",
          "ingest.price.list.ParsedPriceFile",
          "ingest.price.PriceIndex",
          "ingest.price.Provider",
          "ingest.price.Providers",
          "ingest.price.TokenKind",
          "ingest.price.TokenPrices",
          "ingest.price.TokenUsage",
          "ingest.ledger.Attribution",
          "ingest.ledger.EventDigest",
          "ingest.ledger.EventKind",
          "ingest.ledger.PricedEvent",
          "ingest.ledger.UsageEvent",
          "ingest.record.UsageEventReader",
          "ingest.unpriced.LateAdjustments",
          "report.spend.Dimension",
          "report.spend.Interval",
          "report.spend.QuerySegment",
          "report.spend.QuarterHours",
          "report.spend.SpendQuery",
          "budget.Budget",
          "budget.edit.BudgetTerms",
          "budget.edit.BudgetVersion",
          "budget.period.CountedBatch",
          "budget.period.CountedEvent",
          "budget.period.BudgetPeriod",
          "budget.Increase",
          "budget.period.KnownPeriods",
          "budget.period.PeriodKey",
          "budget.period.PeriodIncrement",
          "enforcement.headroom.CountedWork",
          "enforcement.headroom.Headroom",
          "enforcement.headroom.HeadroomReading",
          "budget.Scope",
          "budget.ScopePair",
          "budget.Severity",
          "budget.Threshold",
          "budget.ThresholdKind",
          "alert.evaluation.AlertDecision",
          "alert.AlertState",
          "alert.AlertType",
          "alert.evaluation.Evaluation",
          "alert.evaluation.FlapGuard",
          "alert.evaluation.ThresholdCheck",
          "alert.evaluation.ThresholdStatus",
          "alert.evaluation.ThresholdChecks",
          "alert.evaluation.PeriodForecast",
          "alert.evaluation.EvaluationInput",
          "alert.Suppression",
          "alert.LoggedAlert",
          "report.simulation.SimulatedDenials",
          "report.simulation.PeriodOutcome",
          "report.simulation.PeriodReplay",
          "report.simulation.SimulatedAlert",
          "report.simulation.SubjectOutcome",
          "report.simulation.SubjectReplay",
          "notification.send.Backoff",
          "notification.delivery.DeliveryKey",
          "notification.delivery.EarlierMessages",
          "platform.secrets.SecretShape",
          "notification.silence.Silence",
          "notification.silence.SilenceMatcher",
          "notification.delivery.DueDelivery");

  @Test
  void timeAndIdentityComeInFromThePlatform() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("platform"))
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
    DescribedPredicate<JavaClass> exact =
        resideInAnyPackage(
                trees(
                    List.of(
                        "money",
                        "platform.json",
                        "ingest",
                        "budget",
                        "alert",
                        "report.spend",
                        "report.simulation",
                        "maintenance",
                        "http",
                        "console")))
            .and(not(resideInAnyPackage(tree("budget.forecast"))));
    DescribedPredicate<JavaClass> floating = describe("floating", ForbiddenAccess::isFloating);
    return Stream.of(
        holds(
            "no field is floating",
            noFields().that().areDeclaredInClassesThat(exact).should().haveRawType(floating)),
        holds(
            "no method returns a floating number",
            noMethods()
                .that()
                .areDeclaredInClassesThat(exact)
                .should()
                .haveRawReturnType(floating)),
        holds(
            "nothing asks for or hands over a floating number",
            noClasses().that(exact).should().accessTargetWhere(ForbiddenAccess.FLOATING)));
  }

  private static boolean isPure(JavaClass type) {
    String name = type.getName().replaceFirst("\\$.*", "");
    return List.of(PURE_PACKAGES).contains(type.getPackageName())
        || (!type.getSimpleName().startsWith("$")
            && PURE_CLASSES.contains(name.replaceFirst("^dev\\.stipend\\.", "")));
  }
}
