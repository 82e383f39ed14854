package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.insight.BurnDown;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.maintenance.retention.Pruning;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.time.TimeLeft;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing that has left the database is shown as if it had not been.
@ExtendWith(StipendExtension.class)
class KnownTimesTest extends ThreeMonths {
  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MONTH = Instant.parse("2026-06-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groupBy=tag:team&from=2026-02-20&to=2026-04-01|from|must be 2026-03-01T00:00:00Z or later"
            + " where tags",
        "tag=team=red&from=2026-02-01&to=2026-03-01|from|must be 2026-03-01T00:00:00Z or later",
        "from=2026-01-10T12:07:00Z&to=2026-06-01|from|such as 2026-01-10T12:00:00Z, or be"
            + " 2026-03-01T00:00:00Z or later",
        "from=2026-01-01&to=2026-01-10T12:07:00Z|to|such as 2026-01-10T12:15:00Z, or be"
            + " 2026-03-01T00:00:00Z or later"
      })
  void spendThatOnlyTheLedgerKnewIsRefusedWithWhatCanBeAnswered(
      String query, String field, String message) {
    assertThat(stipend.api("GET", "/api/spend?" + query, "").status()).isEqualTo(200);

    run(ArchiveFormat.JSONL);

    Answer refused = stipend.api("GET", "/api/spend?" + query, "");
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"" + field + "\"", message);
  }

  @Test
  void spendThatTheRollupKnowsIsAnsweredExactlyAsBefore() {
    List<String> queries =
        List.of(
            "from=2026-01-01&to=2026-03-01&groupBy=user,model",
            "from=2026-01-01&to=2026-06-16&interval=month&timeZone=Asia/Kathmandu",
            "from=2026-03-20&to=2026-06-16&groupBy=tag:team");
    List<String> before = queries.stream().map(this::spend).toList();

    run(ArchiveFormat.JSONL);

    assertThat(queries.stream().map(this::spend).toList()).isEqualTo(before);
    assertThat(before.getFirst()).contains("7.500000000001");
  }

  @Test
  void contributorsAndBurnDownsThatWouldNotAddUpAreLeftOut() {
    assertThat(parts("yearly", "tag", "team=red", YEAR)).isEqualTo("contributors, burn-down 14.50");

    run(ArchiveFormat.JSONL);

    assertThat(parts("yearly", "tag", "team=red", YEAR)).isEqualTo("nothing");
    assertThat(parts("monthly", "tag", "team=red", MONTH))
        .isEqualTo("contributors, burn-down 8.00");
    assertThat(parts("yearly", "user", "u1", YEAR))
        .isEqualTo("contributors, burn-down 15.500000000001");
  }

  @Test
  void totalsLeaveAfterTheirMonthsAndAreAskedForInVain() {
    List<String> counters = stipend.database.rows(COUNTERS);
    assertThat(totals("3")).isZero();
    run(ArchiveFormat.JSONL);
    assertThat(totals("")).isZero();
    assertThat(spend("from=2026-01-01&to=2026-06-16")).contains("15.500000000001");

    assertThat(totals("3")).isEqualTo(4);
    assertThat(totals("3")).isZero();

    Answer refused = stipend.api("GET", "/api/spend?from=2026-02-01", "");
    assertThat(refused.body())
        .contains("\"field\":\"from\"", "must be 2026-03-01T00:00:00Z or later");
    assertThat(spend("from=2026-03-01&to=2026-06-16")).contains("8.00");
    assertThat(parts("yearly", "user", "u1", YEAR)).isEqualTo("nothing");
    for (String verb : List.of("reconcile", "rebuild", "maintain")) {
      assertThat(stipend.maintain(verb)).containsEntry("differences", List.of());
    }
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    budget("total", "\"user\",\"scopeId\":\"u1\"", ",\"startsAt\":\"2026-01-01T00:00:00Z\"");
    assertThat(
            stipend.database.value(
                "SELECT spend FROM stipend.budget_periods c JOIN stipend.budgets b ON b.id ="
                    + " c.budget_id WHERE b.period = 'total' AND b.scope = 'user'"))
        .isEqualTo("8.000000000000");
  }

  private int totals(String months) {
    return new TotalsRetention(
            months,
            stipend.context.getBean(MonthRemoval.class),
            stipend.context.getBean(LedgerHorizon.class),
            stipend.context.getBean(Pruning.class))
        .run(JUNE, TimeLeft.UNLIMITED);
  }

  private String spend(String query) {
    Answer answer = stipend.api("GET", "/api/spend?" + query, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /// What of a counter's parts is shown.
  private String parts(String period, String scope, String subject, Instant start) {
    UUID workspace =
        UUID.fromString(
            stipend.database.value("SELECT id FROM stipend.workspaces WHERE slug = 'default'"));
    UUID id =
        UUID.fromString(
            stipend.database.value(
                "SELECT id FROM stipend.budgets WHERE period = '%s' AND scope = '%s'"
                    .formatted(period, scope)));
    Budget budget = stipend.context.getBean(BudgetCatalog.class).find(workspace, id).orElseThrow();
    BudgetPeriod counter =
        stipend
            .context
            .getBean(BudgetPeriods.class)
            .find(new PeriodKey(workspace, id, subject, start))
            .orElseThrow();
    boolean isEmpty =
        stipend
            .api("GET", "/api/budgets/" + id + "/usage?subject=" + subject.replace("=", "%3D"), "")
            .body()
            .contains("\"topContributors\":[]");
    String burnDown =
        stipend
            .context
            .getBean(BurnDown.class)
            .of(List.of(new BudgetInPeriod(budget, counter)), JUNE)
            .values()
            .stream()
            .map(points -> "burn-down " + points.getLast().spend())
            .findFirst()
            .orElse("");
    return isEmpty && burnDown.isEmpty() ? "nothing" : "contributors, " + burnDown;
  }
}
