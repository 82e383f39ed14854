package dev.stipend.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.AlertType;
import dev.stipend.notification.message.AlertMessage.Fact;
import dev.stipend.notification.message.AlertMessage.Share;
import dev.stipend.platform.wording.Reason;
import dev.stipend.support.notification.SampleAlert;
import dev.stipend.support.notification.SampleSummary;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertMessageTest {
  private static AlertMessage text(SampleAlert alert) {
    return new AlertMessage(alert.snapshot());
  }

  private static String fact(SampleAlert alert, String label) {
    return text(alert).facts().stream()
        .filter(fact -> fact.label().equals(label))
        .map(Fact::value)
        .findFirst()
        .orElse("absent");
  }

  @Test
  void subjectNamesLevelBudgetPercentAndLimit() {
    assertThat(text(SampleAlert.warning()).subject())
        .isEqualTo("[warning] Budget \"Research\" is at 80 % of $1.00");
  }

  @Test
  void budgetOfEachUserSaysWhose() {
    assertThat(text(SampleAlert.exceeded()).headline())
        .isEqualTo("Budget \"Research\" of user alice@example.com is at 104 % of $1,000.00");
    assertThat(text(SampleAlert.warning().of("tag", "env=*", "env=prod")).headline())
        .startsWith("Budget \"Research\" of tag env=prod is at");
    assertThat(text(SampleAlert.warning().of("user", "bob", "bob")).headline())
        .startsWith("Budget \"Research\" is at");
  }

  @Test
  void recoverySaysWhatIsBelowAgain() {
    AlertMessage text = text(SampleAlert.recovered());
    assertThat(text.isRecovered()).isTrue();
    assertThat(text.subject())
        .isEqualTo("[recovered] Budget \"Research\" is back below 80 %: 40 % of $2.00");
  }

  @Test
  void whatCouldNotBeToldIsToldAsItWas() {
    assertThat(undelivered(SampleAlert.stale().snapshot()))
        .startsWith(
            "Could not be delivered to its channel: Budget \"Research\" has recorded no usage"
                + " since");
    assertThat(undelivered(SampleAlert.recovered().snapshot()))
        .isEqualTo(
            "Could not be delivered to its channel: Budget \"Research\" is back below 80 %: 40 % of"
                + " $2.00");
    assertThat(undelivered(SampleSummary.snapshot()))
        .startsWith("Could not be delivered to its channel: ")
        .contains(" spent ");
  }

  private static String undelivered(AlertSnapshot notice) {
    AlertMessage text =
        new AlertMessage(
            notice.elsewhere(
                "again",
                AlertMessage.undelivered(notice),
                new AlertSnapshot.Undelivered("Ops", "it answered 404")));
    assertThat(text.level()).isEqualTo(notice.alert().severity());
    if (notice.summary() == null) {
      assertThat(text.facts())
          .contains(new Fact("Not delivered", "channel \"Ops\" fails: it answered 404"))
          .containsAll(new AlertMessage(notice).facts());
    }
    return text.headline();
  }

  @Test
  void recoveryByRemovalOfTheLineDoesNotClaimThatSpendIsBelow() {
    assertThat(text(SampleAlert.recovered().spent("0.90", "1")).headline())
        .isEqualTo("Budget \"Research\" no longer has a threshold at 80 %; it is at 90 % of $1.00");
  }

  @Test
  void factsOfPlainBudgetAreSpendRoomOwnerPeriodAndReset() {
    assertThat(text(SampleAlert.warning()).facts())
        .containsExactly(
            new Fact("Spend", "$0.80 of $1.00 (80 %)"),
            new Fact("Remaining", "$0.20"),
            new Fact("Scope", "the whole workspace"),
            new Fact("Period", "daily, from Fri 20 Nov 2026, 00:00 CET (UTC+01:00)"),
            new Fact("Resets", "Sat 21 Nov 2026, 00:00 CET (UTC+01:00)"));
  }

  @Test
  void hardLimitHeldAndUnpricedAreToldWhenThereAreAny() {
    assertThat(text(SampleAlert.exceeded()).facts())
        .contains(
            new Fact("Hard limit", "work that would exceed it is refused"),
            new Fact("Held", "$3.50 reserved, not spent yet"),
            new Fact("Unpriced", "1,204 requests without a known price"))
        .hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void spendAboveLimitIsOverAndNotNegativeRemaining() {
    assertThat(fact(SampleAlert.exceeded(), "Over by")).isEqualTo("$40.12");
    assertThat(fact(SampleAlert.exceeded(), "Remaining")).isEqualTo("absent");
  }

  @Test
  void spendAtLimitHasNothingRemainingAndIsNotOver() {
    assertThat(fact(SampleAlert.warning().spent("1", "1"), "Remaining")).isEqualTo("$0.00");
  }

  @Test
  void whatIsHeldIsNotRemainingEither() {
    assertThat(fact(SampleAlert.warning().holding("0.15"), "Remaining")).isEqualTo("$0.05");
    assertThat(fact(SampleAlert.warning().holding("0.50"), "Remaining")).isEqualTo("$0.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Europe/Berlin    | 2026-06-30T22:00:00Z | Wed 1 Jul 2026, 00:00 CEST (UTC+02:00)
          America/New_York | 2026-12-01T05:00:00Z | Tue 1 Dec 2026, 00:00 EST (UTC-05:00)
          Asia/Kolkata     | 2026-11-20T18:30:00Z | Sat 21 Nov 2026, 00:00 IST (UTC+05:30)
          UTC              | 2026-11-21T00:00:00Z | Sat 21 Nov 2026, 00:00 UTC
          Etc/UTC          | 2026-11-21T00:00:00Z | Sat 21 Nov 2026, 00:00 UTC
          Z                | 2026-11-21T00:00:00Z | Sat 21 Nov 2026, 00:00 UTC
          """)
  void resetIsToldInTheBudgetsOwnZone(String zone, String end, String shown) {
    assertThat(fact(SampleAlert.warning().period("daily", zone, end), "Resets")).isEqualTo(shown);
  }

  @Test
  void periodWithoutEndNeverResets() {
    assertThat(fact(SampleAlert.warning().period("total", "UTC", "9999-12-31T00:00:00Z"), "Resets"))
        .isEqualTo("never");
  }

  @ParameterizedTest
  @CsvSource({
    "-0.50, ░░░░░░░░░░, 0",
    "0, ░░░░░░░░░░, 0",
    "0.0999, ░░░░░░░░░░, 9",
    "0.80, ▓▓▓▓▓▓▓▓░░, 80",
    "0.9999, ▓▓▓▓▓▓▓▓▓░, 99",
    "1, ▓▓▓▓▓▓▓▓▓▓, 100",
    "70000, ▓▓▓▓▓▓▓▓▓▓, 100"
  })
  void barIsFullOnlyWhenTheLimitIsReached(String spend, String bar, int filled) {
    AlertMessage text = text(SampleAlert.warning().spent(spend, "1"));
    assertThat(text.bar()).isEqualTo(bar);
    assertThat(text.filled()).isEqualTo(filled);
  }

  @Test
  void contributorsAreToldWithAmountAndShare() {
    assertThat(text(SampleAlert.warning()).contributors())
        .containsExactly(
            new Share("agent researcher", "$0.50", "62.5 %"),
            new Share("agent writer", "$0.30", "37.4 %"),
            new Share("model gpt-4o", "$0.80", "100 %"),
            new Share("user alice@example.com", "$0.80", "100 %"));
  }

  @Test
  void oneLineSaysEverything() {
    assertThat(text(SampleAlert.exceeded()).oneLine())
        .isEqualTo(
            "[critical] Budget \"Research\" of user alice@example.com is at 104 % of $1,000.00."
                + " Spend: $1,040.12 of $1,000.00 (104 %); Over by: $40.12; Scope: user"
                + " alice@example.com; Period: monthly, from Thu 19 Nov 2026, 18:00 EST"
                + " (UTC-05:00); Resets: Tue 1 Dec 2026, 00:00 EST (UTC-05:00); Hard limit: work"
                + " that would exceed it is refused; Held: $3.50 reserved, not spent yet; Change:"
                + " $240.12 since the alert of Fri 20 Nov 2026, 04:12 EST (UTC-05:00); Unpriced:"
                + " 1,204 requests without a known price. Top: agent researcher $0.50 (62.5 %),"
                + " agent writer $0.30 (37.4 %), model gpt-4o $0.80 (100 %), user alice@example.com"
                + " $0.80 (100 %). Why: spend $1,040.12 reached 100 % of $1,000.00. Workspace"
                + " default, as of Fri 20 Nov 2026, 09:03 EST (UTC-05:00).");
  }

  @Test
  void namesCannotStartNewLines() {
    AlertMessage text =
        text(
            SampleAlert.warning()
                .named("a\r\nBcc: eve@example.com\u2028b")
                .of("user", "bob", "bob\nx")
                .because("so\nit is")
                .from(SampleAlert.contributor("agent", "x\ty\u202Ez", "0.80", "100.0")));
    assertThat(
            List.of(text.subject(), text.oneLine(), text.reason(), text.contributors().toString()))
        .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\\u2028\\u202E]"));
    assertThat(text.subject()).startsWith("[warning] Budget \"a Bcc: eve@example.com b\" is at");
  }

  @Test
  void longNamesLeaveRoomForTheNumbers() {
    String headline =
        text(SampleAlert.warning().named("n".repeat(500)).of("user", "*", "u".repeat(500)))
            .headline();
    assertThat(headline).endsWith("… is at 80 % of $1.00").hasSizeLessThan(150);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "https://a b", "ftp://x", "//x", "https://x\n"})
  void linkThatIsNoWebAddressIsLeftOut(String link) {
    assertThat(text(SampleAlert.warning().linked(link)).link()).isEmpty();
  }

  @Test
  void linkIsAbsentWithoutAConsole() {
    assertThat(text(SampleAlert.warning().linked(null)).link()).isEmpty();
    assertThat(text(SampleAlert.warning().linked("http://localhost:3001/#/b")).link())
        .contains("http://localhost:3001/#/b");
  }

  @Test
  void amountThatWouldBeShownAsNothingIsLessThanTheSmallest() {
    assertThat(fact(SampleAlert.warning().spent("0.0000009", "1"), "Spend"))
        .isEqualTo("less than $0.000001 of $1.00 (0 %)");
  }

  @Test
  void nameFromRightToLeftIsKeptApart() {
    AlertMessage text = text(SampleAlert.warning().named("\u202Eתקציב").of("user", "אבי", "אבי"));
    assertThat(text.headline()).isEqualTo("Budget \"\u2068תקציב\u2069\" is at 80 % of $1.00");
    assertThat(text.facts()).contains(new Fact("Scope", "user \u2068אבי\u2069"));
  }

  @Test
  void chartIsThereOnceThereIsSomethingToSee() {
    assertThat(text(SampleAlert.warning()).chart()).isPresent();
    assertThat(text(SampleAlert.warning().withoutBurnDown()).chart()).isEmpty();
    assertThat(text(SampleAlert.warning().period("total", "UTC", "9999-12-31T00:00:00Z")).chart())
        .isPresent();
  }

  @Test
  void partsOfTheLimitAddUp() {
    assertThat(text(SampleAlert.warning().spent("16.963057", "20").holding("1.005")).facts())
        .contains(
            new Fact("Spend", "$16.96 of $20.00 (84.8 %)"),
            new Fact("Remaining", "$2.04"),
            new Fact("Held", "$1.00 reserved, not spent yet"));
  }

  @Test
  void spendOfALimitOfZeroIsNoPartOfIt() {
    AlertMessage text = text(SampleAlert.exceeded().spent("1.95", "0"));
    assertThat(text.headline()).endsWith(" has spent $1.95; its limit is $0.00");
    assertThat(text.facts()).contains(new Fact("Spend", "$1.95; the limit is $0.00"));
  }

  @Test
  void oneRequestIsOne() {
    assertThat(
            text(SampleAlert.unpriced()
                    .because(
                        Reason.of(Reason.Code.UNPRICED_USAGE)
                            .with("requests", 1)
                            .with("spend", "1")))
                .why())
        .isEqualTo("Why: 1 request has no known price, so spend $1.00 may be too low");
  }

  @Test
  void whatWasMissedIsNamed() {
    Instant at = Instant.parse("2026-11-20T09:00:00Z");
    AlertSnapshot.Missed missed =
        new AlertSnapshot.Missed(
            AlertType.LIMIT_WARNING, new BigDecimal("80"), at, at.plusSeconds(300));
    assertThat(text(SampleAlert.warning().missing(missed)).facts())
        .contains(
            new Fact(
                "Meanwhile", "80 % was reached Fri 20 Nov, 10:00 and resolved Fri 20 Nov, 10:05"));
    assertThat(text(SampleAlert.warning().missing(missed, missed, missed, missed)).facts())
        .extracting(Fact::value)
        .anyMatch(value -> value.endsWith("; 1 more"));
  }
}
