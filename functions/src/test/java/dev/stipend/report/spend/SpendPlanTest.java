package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Dimension.Tag;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.FullLedger;
import dev.stipend.time.Period;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How PostgreSQL reads what queries ask for, among 120,000 events of ten workspaces in six months.
@ExtendWith(StipendExtension.class)
class SpendPlanTest {
  private static final Pattern READ_FROM_LEDGER = Pattern.compile("Scan .*(usage_logs_\\w+) u");

  /// Of the months that have events; in one without, there is nothing to scan.
  private static final Pattern FULL_SCAN = Pattern.compile("Seq Scan on usage_logs_20260[1-6]");

  @Test
  void aDayOfWholeQuartersIsReadFromTheRollupByItsKey(Stipend stipend) throws SQLException {
    for (String plan :
        plans(stipend, "2026-03-10T00:00:00Z", "2026-03-11T00:00:00Z", List.of(Column.USER))) {
      assertThat(plan)
          .contains("cost_tracking_pkey")
          .doesNotContain("Seq Scan")
          .doesNotContain("usage_logs")
          .containsPattern("Index Cond: .*workspace_id.*bucket_start >=.*bucket_start <");
    }
  }

  @Test
  void edgesAreReadFromTheLedgerByItsKeyAndFromTheirMonthOnly(Stipend stipend) throws SQLException {
    List<String> plans =
        plans(stipend, "2026-03-10T00:00:01Z", "2026-04-11T00:00:01Z", List.of(Column.USER));
    for (String plan : plans) {
      assertThat(plan)
          .contains("usage_logs_202603_pkey", "usage_logs_202604_pkey")
          .containsPattern("Index Cond: .*workspace_id.*occurred_at >=.*occurred_at <")
          .doesNotContainPattern(FULL_SCAN);
    }
    assertThat(READ_FROM_LEDGER.matcher(plans.getFirst()).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrder("usage_logs_202603", "usage_logs_202604");
  }

  @Test
  void tagsAreReadFromTheLedgerByItsKey(Stipend stipend) throws SQLException {
    for (String plan :
        plans(
            stipend, "2026-02-10T00:00:00Z", "2026-04-11T00:00:00Z", List.of(new Tag("project")))) {
      assertThat(plan)
          .contains("usage_logs_202602_pkey", "usage_logs_202603_pkey", "usage_logs_202604_pkey")
          .doesNotContainPattern(FULL_SCAN);
    }
  }

  /// The plan for these values, and the one for any, which PostgreSQL may take from the sixth
  /// execution on.
  private static List<String> plans(
      Stipend stipend, String from, String until, List<Dimension> groupBy) throws SQLException {
    FullLedger full = FullLedger.fill(stipend.database);
    Period range = new Period(Instant.parse(from), Instant.parse(until));
    SpendSql sql =
        SpendSql.of(
            full.workspace(),
            new SpendQuery(
                Interval.DAY.split(range, ZoneOffset.UTC, SpendQuery.MOST_INTERVALS),
                groupBy,
                Map.of(Column.PROVIDER, List.of("openai")),
                10,
                0));
    return full.plans(sql.text(), sql::bind);
  }
}
