package dev.stipend.report.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.Statements;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Dimension.Tag;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.FullLedger;
import dev.stipend.time.Period;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How PostgreSQL reads pages of events among 120,000, and that a page looks at so many only.
@ExtendWith(StipendExtension.class)
final class EventPlanTest {
  private static final int ROWS = 500;
  private static final Period ALL = new Period(Period.BEGINNING, Period.FOREVER);
  private static final Period MARCH =
      new Period(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));

  @Test
  void aPageIsReadByTheKeyOfTheLedgerInItsOrder(Stipend stipend) throws SQLException {
    FullLedger full = FullLedger.fill(stipend.database);
    for (EventQuery query :
        List.of(
            query(ALL, Map.of()),
            query(ALL, Map.of(Column.USER, List.of("u1"))),
            query(MARCH, Map.of(new Tag("project"), List.of("p1"))))) {
      EventSql page = EventSql.page(full.workspace(), query, ROWS);
      EventSql last = EventSql.last(full.workspace(), query, ROWS);
      for (EventSql sql : List.of(page, last)) {
        for (String plan :
            full.plans(
                sql.text(), statement -> Statements.bind(statement, sql.values().toArray()))) {
          assertThat(plan)
              .containsPattern("Index (Only )?Scan Backward using usage_logs_202603_pkey")
              .doesNotContainPattern("Seq Scan on usage_logs_20260[1-6]")
              .doesNotContain("Bitmap");
        }
      }
    }
  }

  @Test
  void monthsBeforeARangeAreNotRead(Stipend stipend) throws SQLException {
    FullLedger full = FullLedger.fill(stipend.database);
    EventSql sql = EventSql.page(full.workspace(), query(MARCH, Map.of()), ROWS);
    assertThat(
            full.plans(sql.text(), statement -> Statements.bind(statement, sql.values().toArray()))
                .getFirst())
        .contains("usage_logs_202603")
        .doesNotContain("usage_logs_202601", "usage_logs_202602");
  }

  @Test
  void pagesThatLookAtPartsFindEachEventOnce(Stipend stipend) {
    FullLedger full = FullLedger.fill(stipend.database);
    LedgerEvents events = stipend.context.getBean(LedgerEvents.class);
    List<String> found = new ArrayList<>();
    Optional<EventPlace> after = Optional.empty();
    int pages = 0;
    do {
      LedgerEvents.Found page =
          events.page(
              full.workspace(),
              new EventQuery(
                  ALL,
                  Map.of(Column.USER, List.of("u5")),
                  Optional.of(Money.of("0.005")),
                  Optional.empty(),
                  after,
                  20),
              ROWS);
      page.events().forEach(event -> found.add(event.eventId()));
      after = page.next();
      pages++;
    } while (after.isPresent());
    assertThat(found)
        .doesNotHaveDuplicates()
        .hasSize(
            Integer.parseInt(
                stipend.database.value(
                    "SELECT count(*) FROM stipend.usage_logs WHERE user_id = 'u5' AND"
                        + " workspace_id = '"
                        + full.workspace()
                        + "'")));
    assertThat(pages).isGreaterThan(12_000 / ROWS - 1);
  }

  private static EventQuery query(Period range, Map<Dimension, List<String>> filters) {
    return new EventQuery(range, filters, Optional.empty(), Optional.empty(), Optional.empty(), 50);
  }
}
