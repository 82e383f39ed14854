package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.sql.Statements;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.FullLedger;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How PostgreSQL looks for ids among many: it reads the newest rows by their keys.
@ExtendWith(StipendExtension.class)
final class SeenIdsPlanTest {
  /// Fewer than there are, as where there is much.
  private static final int ROWS = 500;

  @Test
  void idsAreReadFromTheNewestRowsOfTheRollup(Stipend stipend) throws SQLException {
    FullLedger full = FullLedger.fill(stipend.database);
    UUID workspace = full.workspace();
    for (Dimension.Column column : Dimension.Column.values()) {
      for (String plan :
          full.plans(
              SeenIds.sql(column, ROWS),
              statement ->
                  Statements.bind(statement, workspace, workspace, "user", "u1", "u1", 21))) {
        assertThat(plan)
            .contains("Index Only Scan Backward using cost_tracking_pkey")
            .doesNotContain("usage_logs", "Seq Scan on cost_tracking", "Sort Key: u.bucket_start");
      }
    }
  }

  @Test
  void tagsAreReadFromTheNewestEventsOfTheLedger(Stipend stipend) throws SQLException {
    FullLedger full = FullLedger.fill(stipend.database);
    UUID workspace = full.workspace();
    for (String plan :
        full.plans(
            SeenIds.valuesSql(ROWS),
            statement ->
                Statements.bind(statement, "project", workspace, workspace, "", "", "", 21))) {
      assertThat(plan)
          .contains("Index Scan Backward using usage_logs_202606_pkey")
          .doesNotContainPattern("Seq Scan on usage_logs_20260[1-6]");
    }
    for (String plan :
        full.plans(
            SeenIds.keysSql(ROWS),
            statement -> Statements.bind(statement, workspace, workspace, "", "", "", 21))) {
      assertThat(plan)
          .contains("Index Scan Backward using usage_logs_202606_pkey")
          .doesNotContainPattern("Seq Scan on usage_logs_20260[1-6]");
    }
  }
}
