package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.maintenance.MaintenanceReport;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.MaintainLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The daily maintenance ends in time, goes on where it stopped, and is stopped by nobody.
@ExtendWith(StipendExtension.class)
class MaintenanceTest {
  private static final Instant START = SettableClock.START;
  private static final String COUNTERS =
      "SELECT budget_id, subject, period_start, period_end, spend, requests, unpriced FROM"
          + " stipend.budget_periods WHERE (spend, requests, unpriced) IS DISTINCT FROM (0, 0, 0)"
          + " ORDER BY 1, 2, 3";
  private static final String TRACKING =
      "SELECT * FROM stipend.cost_tracking ORDER BY workspace_id, bucket_start, user_id, agent_id,"
          + " team_id, model";

  @Test
  void everyKindOfBudgetIsMadeAgainAsItWasCounted(Stipend stipend) {
    recordEverywhere(stipend);
    List<String> counters = stipend.database.rows(COUNTERS);
    List<String> tracking = stipend.database.rows(TRACKING);
    assertThat(counters).hasSizeGreaterThan(60);
    assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());

    stipend.database.execute("TRUNCATE stipend.budget_periods, stipend.cost_tracking");
    assertThat(stipend.maintain("rebuild"))
        .containsEntry("budgetPeriodDifferences", counters.size())
        .containsEntry("costTrackingDifferences", tracking.size());
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    assertThat(stipend.database.rows(TRACKING)).isEqualTo(tracking);

    stipend.database.execute(
        """
        UPDATE stipend.budget_periods
        SET spend = spend + 3, requests = requests + 1
        WHERE hashtext(subject) % 2 = 0 OR extract(day FROM period_start) = 1
        """);
    assertThat(stipend.maintain("reconcile").get("budgetPeriodDifferences")).isNotEqualTo(0);
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
  }

  @Test
  void aRunThatIsOutOfTimeIsGoneOnWithByTheNext(Stipend stipend) {
    recordEverywhere(stipend);
    List<String> counters = stipend.database.rows(COUNTERS);
    List<String> tracking = stipend.database.rows(TRACKING);
    stipend.database.execute("TRUNCATE stipend.budget_periods, stipend.cost_tracking");

    MaintainLedger maintenance = stipend.context.getBean(MaintainLedger.class);
    int runs = 1;
    MaintenanceReport report = maintenance.run("rebuild", stipend.clock.instant(), asking(9));
    int found = report.differences();
    while (!report.unfinished().isEmpty()) {
      assertThat(report.unfinished()).containsExactly("default");
      assertThat(report.problems()).isEmpty();
      report = maintenance.run("reconcile", stipend.clock.instant(), asking(9));
      found += report.differences();
      runs++;
      assertThat(runs).isLessThan(500);
    }

    assertThat(runs).isGreaterThan(5);
    assertThat(found).isEqualTo(counters.size() + tracking.size());
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    assertThat(stipend.database.rows(TRACKING)).isEqualTo(tracking);
  }

  @Test
  void aLargeWorkspaceKeepsNoOtherFromItsTurn(Stipend stipend) {
    recordEverywhere(stipend);
    workspaceWithACounter(stipend, "small");
    stipend.database.execute(
        "UPDATE stipend.budget_periods SET spend = spend + 1 WHERE subject = 'small'");

    MaintenanceReport report =
        stipend
            .context
            .getBean(MaintainLedger.class)
            .run("reconcile", stipend.clock.instant(), runningDown(60));

    assertThat(report.unfinished()).containsExactly("default");
    assertThat(stipend.database.rows(spendOf("small"))).containsExactly("0.000000000000");
  }

  @Test
  void aBudgetThatNobodyCanReadStopsNoOther(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "5"));
    workspaceWithACounter(stipend, "another");
    stipend.maintain("maintain");
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"odd\",\"limitAmount\":1,\"period\":\"daily\",\"scope\":\"agent\",\"scopeId\":\"*\"}");
    stipend.database.execute(
        "UPDATE stipend.budgets SET time_zone = 'Mars/Olympus' WHERE name = 'odd'");
    stipend.database.execute("UPDATE stipend.budget_periods SET spend = spend + 1");
    stipend.database.execute(
        """
        INSERT INTO stipend.idempotency_keys (workspace_id, key, request_digest, answer, created_at)
        SELECT id, 'old', CAST('x' AS bytea), '', timestamptz '2020-01-01 00:00:00+00'
        FROM stipend.workspaces
        """);

    assertThatThrownBy(() -> stipend.maintain("maintain"))
        .hasMessageContaining("1 budgets of scope agent, daily in Mars/Olympus")
        .hasMessageContaining("idempotencyKeysPruned=2");

    assertThat(stipend.database.rows(spendOf("u1"))).containsExactly("5.000000000000");
    assertThat(stipend.database.rows(spendOf("another"))).containsExactly("0.000000000000");
  }

  @Test
  void manyBudgetsCostAsManyStatementsAsOne(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "5"));
    stipend.maintain("reconcile");
    long few = statementsOfAComparison(stipend, "e2");
    for (int i = 0; i < 12; i++) {
      stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
      stipend.api(
          "POST",
          "/api/budgets",
          Usage.monthlyBudget("100").replace("\"u1\"", "\"user-" + i + "\""));
    }
    stipend.maintain("reconcile");

    assertThat(statementsOfAComparison(stipend, "e3")).isEqualTo(few);
  }

  @Test
  void whatDidNotChangeIsNotComparedAgain(Stipend stipend) {
    recordEverywhere(stipend);
    stipend.clock.tick(Duration.ofHours(3));
    stipend.maintain("reconcile");
    stipend.maintain("reconcile");

    try (CapturedLog log = CapturedLog.start()) {
      stipend.maintain("reconcile");
      assertThat(log.text("io.micronaut.data.query"))
          .contains("hash_record_extended")
          .doesNotContain("drift AS");
    }
  }

  private static long statementsOfAComparison(Stipend stipend, String event) {
    stipend.record(Usage.costing(event, START, "1"));
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
      return log.text("io.micronaut.data.query")
          .lines()
          .filter(l -> l.contains("drift AS"))
          .count();
    }
  }

  private static String spendOf(String subject) {
    return "SELECT DISTINCT spend FROM stipend.budget_periods WHERE subject = '" + subject + "'";
  }

  /// A workspace with one counter, at zero.
  private static void workspaceWithACounter(Stipend stipend, String slug) {
    stipend.database.execute(
        """
        WITH made AS (
          INSERT INTO stipend.workspaces (slug, name, currency, time_zone, locale)
          VALUES ('%1$s', '%1$s', 'USD', 'UTC', 'en')
          RETURNING id),
        budget AS (
          INSERT INTO stipend.budgets (
            workspace_id, name, scope, scope_id, limit_amount, period, time_zone, counts_from, created_at, updated_at)
          SELECT id, 'b', 'workspace', '%1$s', 100, 'monthly', 'UTC', timestamptz '2026-06-01 00:00:00+00', now(), now()
          FROM made
          RETURNING workspace_id, id)
        INSERT INTO stipend.budget_periods (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, data_as_of)
        SELECT workspace_id, id, '%1$s', timestamptz '2026-06-01 00:00:00+00',
          timestamptz '2026-07-01 00:00:00+00', 100, now()
        FROM budget
        """
            .formatted(slug));
  }

  /// Enough time until it was asked for so many times, and none from then on.
  private static TimeLeft asking(int times) {
    AtomicInteger asked = new AtomicInteger();
    return () -> Duration.ofMinutes(asked.getAndIncrement() < times ? 10 : -1);
  }

  /// So many minutes, of which every question costs one.
  private static TimeLeft runningDown(int minutes) {
    AtomicInteger left = new AtomicInteger(minutes);
    return () -> Duration.ofMinutes(left.getAndDecrement());
  }

  /// Spend of some weeks in budgets of every scope and period, of bounds on and off the quarters of
  /// an hour.
  private static void recordEverywhere(Stipend stipend) {
    for (String scope :
        List.of(
            "\"workspace\"",
            "\"user\",\"scopeId\":\"*\"",
            "\"user\",\"scopeId\":\"u1\"",
            "\"team\",\"scopeId\":\"t1\"",
            "\"model\",\"scopeId\":\"*\"",
            "\"tag\",\"scopeId\":\"run=*\"",
            "\"tag\",\"scopeId\":\"*\"",
            "\"tag\",\"scopeId\":\"env=prod\"")) {
      budget(stipend, scope, "\"hourly\"");
      budget(stipend, scope, "\"daily\",\"timeZone\":\"Asia/Kathmandu\"");
      budget(stipend, scope, "\"monthly\",\"timeZone\":\"America/New_York\",\"anchorDay\":31");
      budget(stipend, scope, "\"total\",\"startsAt\":\"2026-05-01T00:00:00Z\"");
      budget(stipend, scope, "\"total\",\"startsAt\":\"2026-05-20T00:07:00Z\"");
    }
    for (int i = 0; i < 30; i++) {
      assertThat(
              stipend.record(
                  """
                  {"eventId":"w-%1$d","occurredAt":"%2$s","userId":"u%3$d","agentId":"a1","teamId":"t%3$d",
                   "provider":"openai","model":"m%4$d","cost":"0.%1$d1","tags":{"run":"r%3$d","env":"prod"}}
                  """
                      .formatted(
                          i, START.minus(Duration.ofMinutes(i * 1000L + i)), i % 2 + 1, i % 3)))
          .isEmpty();
    }
  }

  private static void budget(Stipend stipend, String scope, String period) {
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/budgets",
                    "{\"name\":\"b\",\"limitAmount\":1000,\"scope\":%s,\"period\":%s}"
                        .formatted(scope, period))
                .status())
        .isEqualTo(201);
  }
}
