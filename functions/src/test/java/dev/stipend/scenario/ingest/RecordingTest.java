package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What recording promises, driven through RecordUsageFunction.
@ExtendWith(StipendExtension.class)
class RecordingTest {
  private static final Instant START = SettableClock.START;
  private static final String LEDGER = "SELECT event_id, cost FROM stipend.usage_logs ORDER BY 1";

  @Test
  void theSameMessageFiveTimesIsRecordedOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    String message = Usage.costing("e1", START, "1.5");
    assertThat(stipend.record(message, message)).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(stipend.record(message)).isEmpty();
    }
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1|1.500000000000");
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("1.500000000000");
    assertThat(stipend.database.value("SELECT requests FROM stipend.cost_tracking")).isEqualTo("1");
  }

  @Test
  void anUnreadableMessageFailsAloneAndTheOthersAreRecorded(Stipend stipend) {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      bodies.add(Usage.costing("e" + i, START, "1"));
    }
    bodies.add(4, "{not json");
    assertThat(stipend.record(bodies.toArray(String[]::new))).containsExactly(4);
    assertThat(stipend.database.rows(LEDGER)).hasSize(9);
  }

  @Test
  void aListWithOneWrongEventRecordsTheRestAndFailsItsMessage(Stipend stipend) {
    String list =
        "[%s,%s]".formatted(Usage.costing("good", START, "1"), Usage.costing("bad", START, "12,5"));
    assertThat(stipend.record(list)).containsExactly(0);
    assertThat(stipend.record(list)).containsExactly(0);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("good|1.000000000000");
  }

  @Test
  void theSameIdWithOtherContentIsAConflictAndChangesNothing(Stipend stipend) {
    assertThat(stipend.record(Usage.costing("e1", START, "1"))).isEmpty();
    assertThat(stipend.record(Usage.costing("e1", START, "2"))).containsExactly(0);
    assertThat(stipend.record(Usage.costing("e2", START, "1"), Usage.costing("e2", START, "3")))
        .containsExactly(1);
    assertThat(stipend.database.rows(LEDGER))
        .containsExactly("e1|1.000000000000", "e2|1.000000000000");
  }

  @Test
  void tokensArePricedToTheLastDecimal(Stipend stipend) {
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","provider":"openai","model":"gpt-4o",
         "inputTokens":1001,"cachedInputTokens":1,"outputTokens":3}\
        """
            .formatted(START));
    // 1000 × 2.50 + 1 × 1.25 + 3 × 10.00, per million.
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1|0.002531250000");
  }

  @Test
  void anUnknownModelIsRecordedAsUnpricedAndCounted(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","userId":"u1","provider":"nobody","model":"unheard-of","inputTokens":5}\
        """
            .formatted(START));
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1|null");
    assertThat(
            stipend.database.value("SELECT spend, requests, unpriced FROM stipend.budget_periods"))
        .isEqualTo("0.000000000000|1|1");
    assertThat(stipend.database.value("SELECT cost, requests, unpriced FROM stipend.cost_tracking"))
        .isEqualTo("0.000000000000|1|1");
  }

  @Test
  void aLateEventCountsInThePeriodInWhichItOccurred(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("may", Instant.parse("2026-05-31T23:59:59Z"), "7"));
    assertThat(
            stipend.database.rows(
                "SELECT period_end, spend FROM stipend.budget_periods WHERE spend > 0"))
        .singleElement()
        .satisfies(row -> assertThat(row).endsWith("|7.000000000000"));
    assertThat(
            stipend.database.value(
                "SELECT spend FROM stipend.budget_periods WHERE period_start ="
                    + " '2026-05-01T00:00:00Z'"))
        .isEqualTo("7.000000000000");
  }

  @Test
  void anEventOlderThanTheWindowOrAheadOfTheClockIsRefused(Stipend stipend) {
    assertThat(
            stipend.record(
                Usage.costing("old", START.minus(Duration.ofDays(35)).minusNanos(1000), "1"),
                Usage.costing("oldest", START.minus(Duration.ofDays(35)), "1"),
                Usage.costing("ahead", START.plus(Duration.ofMinutes(5)).plusNanos(1000), "1"),
                Usage.costing("farthest", START.plus(Duration.ofMinutes(5)), "1")))
        .containsExactly(0, 2);
    assertThat(stipend.database.rows(LEDGER))
        .containsExactly("farthest|1.000000000000", "oldest|1.000000000000");
  }

  @Test
  void amountsThatAreAcceptedNeverOverflowTheirSum(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    assertThat(
            stipend.record(
                Usage.costing("e1", START, "999999999999.999999999999"),
                Usage.costing("e2", START, "999999999999.999999999999")))
        .isEmpty();
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("1999999999999.999999999998");
  }

  @Test
  void aMessageOfAnUnknownWorkspaceFailsAndRecordsNothing(Stipend stipend) {
    assertThat(stipend.recordFor("nobody", Usage.costing("e1", START, "1"))).containsExactly(0);
    assertThat(stipend.database.rows(LEDGER)).isEmpty();
  }

  @Test
  void rebuildingTotalsFromTheLedgerChangesNothing(Stipend stipend) {
    recordAtRandom(stipend, new Random(7));
    List<String> tracking =
        stipend.database.rows(
            "SELECT * FROM stipend.cost_tracking ORDER BY 1, 2, 3, 4, 5, 6, 7, 8");
    List<String> periods = periods(stipend);
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
    assertThat(stipend.maintain("rebuild"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
    assertThat(
            stipend.database.rows(
                "SELECT * FROM stipend.cost_tracking ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"))
        .isEqualTo(tracking);
    assertThat(periods(stipend)).isEqualTo(periods);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reconcile", "rebuild", "maintain"})
  void totalsThatWereLostOrDamagedAreMadeAgain(String verb, Stipend stipend) {
    recordAtRandom(stipend, new Random(8));
    List<String> tracking =
        stipend.database.rows(
            "SELECT * FROM stipend.cost_tracking ORDER BY 1, 2, 3, 4, 5, 6, 7, 8");
    List<String> periods = periods(stipend);
    stipend.database.execute("DELETE FROM stipend.cost_tracking WHERE model = 'gpt-4o'");
    stipend.database.execute(
        "UPDATE stipend.budget_periods SET spend = spend + 1 WHERE subject = 'u1'");
    stipend.database.execute("DELETE FROM stipend.budget_periods WHERE subject = 'team=red'");
    Map<String, Object> report = stipend.maintain(verb);
    assertThat(report.get("budgetPeriodDifferences")).isNotEqualTo(0);
    assertThat(report.get("costTrackingDifferences")).isNotEqualTo(0);
    assertThat(
            stipend.database.rows(
                "SELECT * FROM stipend.cost_tracking ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"))
        .isEqualTo(tracking);
    assertThat(periods(stipend)).containsExactlyElementsOf(periods);
    assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
  }

  private static List<String> periods(Stipend stipend) {
    return stipend.database.rows(
        """
        SELECT budget_id, subject, period_start, period_end, spend, requests, unpriced
        FROM stipend.budget_periods
        WHERE requests > 0
        ORDER BY 1, 2, 3
        """);
  }

  /// Budgets over every scope and period, some made before the events and some between them.
  private static void recordAtRandom(Stipend stipend, Random random) {
    List<String> budgets = new ArrayList<>();
    for (String scope :
        List.of(
            "\"workspace\"",
            "\"user\",\"scopeId\":\"u1\"",
            "\"user\",\"scopeId\":\"*\"",
            "\"model\",\"scopeId\":\"*\"",
            "\"tag\",\"scopeId\":\"team=*\"",
            "\"tag\",\"scopeId\":\"*\"",
            "\"tag\",\"scopeId\":\"team=red\"",
            "\"provider\",\"scopeId\":\"openai\"")) {
      for (String period : List.of("hourly", "daily", "weekly", "monthly", "total")) {
        budgets.add(
            """
            {"name":"b","limitAmount":5,"period":"%s","scope":%s,"timeZone":"%s"%s}\
            """
                .formatted(
                    period,
                    scope,
                    List.of("Asia/Kathmandu", "America/Mexico_City", "Australia/Lord_Howe")
                        .get(random.nextInt(3)),
                    period.equals("total") ? ",\"startsAt\":\"2026-06-10T01:02:03.5Z\"" : ""));
      }
    }
    Collections.shuffle(budgets, random);
    for (int i = 0; i < 40; i++) {
      stipend.api("POST", "/api/budgets", budgets.get(i));
      String[] messages = new String[5];
      for (int j = 0; j < messages.length; j++) {
        messages[j] = event("e" + i + "-" + j, random);
      }
      assertThat(stipend.record(messages)).isEmpty();
    }
  }

  private static String event(String id, Random random) {
    Instant at =
        START
            .minusSeconds(random.nextInt(20 * 24 * 3600))
            .plusNanos(random.nextInt(1_000_000) * 1000L);
    String kind = random.nextInt(10) == 0 ? "adjustment" : "usage";
    String cost =
        (kind.equals("adjustment") ? "-" : "")
            + random.nextInt(3)
            + "."
            + random.nextInt(1_000_000);
    String model = List.of("gpt-4o", "gpt-4o-mini", "unheard-of").get(random.nextInt(3));
    boolean priced = kind.equals("adjustment") || random.nextInt(4) > 0;
    return """
    {"eventId":"%s","occurredAt":"%s","kind":"%s","userId":"u%d","agentId":"a%d","provider":"openai",
     "model":"%s","inputTokens":%d,"outputTokens":%d,"tags":{"team":"%s","env":"test"}%s}\
    """
        .formatted(
            id,
            at,
            kind,
            random.nextInt(3),
            random.nextInt(3),
            model,
            random.nextInt(10_000),
            random.nextInt(500),
            List.of("red", "blue").get(random.nextInt(2)),
            priced ? ",\"cost\":\"" + cost + "\"" : "");
  }
}
