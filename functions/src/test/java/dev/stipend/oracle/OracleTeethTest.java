package dev.stipend.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.stipend.oracle.Complaint.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// That the oracle is no part of the product, and bites.
final class OracleTeethTest {
  private static final Story STORY =
      new Story(
          "a plain story",
          new Step.Make(
              new Limit(
                  "b0",
                  "user",
                  "*",
                  "daily",
                  "UTC",
                  new BigDecimal("100"),
                  List.of(80, 100),
                  false,
                  EnumSet.of(Place.HOOK, Place.SLACK))),
          new Step.Spend("u1", new BigDecimal("85"), Duration.ZERO, false),
          new Step.Deliver(),
          new Step.Spend("u1", new BigDecimal("30"), Duration.ZERO, false),
          new Step.Deliver());

  @Test
  void itKnowsNothingOfTheProduct() {
    noClasses()
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are of the product",
                (JavaClass type) ->
                    type.getPackageName().startsWith("dev.stipend")
                        && !type.getPackageName().startsWith("dev.stipend.support")
                        && !type.getPackageName().equals("dev.stipend.oracle")))
        .check(new ClassFileImporter().importPackages("dev.stipend.oracle"));
  }

  @Test
  void whatIsToldOnceIsRight() throws Exception {
    assertThat(kinds(heard -> {})).isEmpty();
  }

  @Test
  void aMessageThatIsLostIsMissed() throws Exception {
    assertThat(kinds(heard -> heard.removeIf(each -> each.place() == Place.SLACK)))
        .contains(Kind.CHANNEL_NOT_TOLD);
    assertThat(kinds(List::clear)).contains(Kind.NOBODY_TOLD);
    assertThat(kinds(List::removeLast)).isNotEmpty();
  }

  @Test
  void aMessageThatIsRepeatedIsNoticed() throws Exception {
    assertThat(kinds(heard -> heard.add(heard.getFirst()))).containsExactly(Kind.TWICE);
  }

  @Test
  void aMessageThatIsInventedIsNoticed() throws Exception {
    assertThat(
            kinds(
                heard -> {
                  Heard first = heard.getFirst();
                  heard.add(
                      new Heard(
                          Place.FALLBACK,
                          first.moment(),
                          first.at(),
                          "invented",
                          first.kind(),
                          first.budget(),
                          first.subject(),
                          first.window(),
                          first.line(),
                          first.percent().add(BigDecimal.ONE),
                          first.amount(),
                          first.limit(),
                          first.alert()));
                }))
        .containsExactly(Kind.NEVER_HAPPENED);
  }

  /// What is complained of when the channels heard otherwise than they did.
  private static List<Kind> kinds(Consumer<List<Heard>> change) throws Exception {
    try (Theatre theatre = new Theatre()) {
      return new ArrayList<>(
          theatre.play(STORY, change).stream().map(Complaint::kind).distinct().toList());
    }
  }
}
