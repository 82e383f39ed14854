package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom a budget counts, and what each has spent.
@ExtendWith(StipendExtension.class)
final class SubjectsTest {
  private final Stipend stipend;

  SubjectsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void thoseWhoSpendMostComeFirstByPages() {
    String path = each();
    for (int i = 0; i < 7; i++) {
      spend("e" + i, "user-" + i, i == 3 ? "2" : Integer.toString(i));
    }

    List<String> all = new ArrayList<>();
    Answer page = stipend.api("GET", path + "/subjects?limit=3", "");
    all.addAll(subjects(page));
    while (page.json().get("nextCursor") instanceof String cursor) {
      page = stipend.api("GET", path + "/subjects?limit=3&cursor=" + cursor, "");
      all.addAll(subjects(page));
    }

    assertThat(all)
        .containsExactly("user-6", "user-5", "user-4", "user-2", "user-3", "user-1", "user-0");
  }

  @Test
  void eachIsShownWithItsLimitAndWhatIsHeld() {
    String path = each();
    spend("e1", "rosa", "25");
    stipend.api("POST", "/api/reservations", "{\"userId\":\"rosa\",\"estimatedCost\":\"5\"}");
    stipend.api(
        "POST",
        path + "/increase",
        "{\"amount\":100,\"subject\":\"rosa\",\"until\":\"2026-06-19\",\"reason\":\"r\"}");

    assertThat(stipend.api("GET", path + "/subjects", "").items().getFirst().toString())
        .contains("subject=rosa, spend=25.00, held=5.00, limitAmount=200.00, percentUsed=12.5")
        .contains("requests=1, unpriced=0, increasedUntil=2026-06-20T00:00:00Z");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.api("GET", path + "/subjects", "").items().getFirst().toString())
        .as("a hold that has expired holds nothing")
        .contains("held=0.00");
  }

  @Test
  void theyAreFoundByAPartOfTheirId() {
    String path = each();
    spend("e1", "Rosa@example.com", "1");
    spend("e2", "bob@example.com", "2");

    assertThat(subjects(stipend.api("GET", path + "/subjects?q=rosa", "")))
        .containsExactly("Rosa@example.com");
    assertThat(subjects(stipend.api("GET", path + "/subjects?q=%25", ""))).isEmpty();
  }

  @Test
  void onlyTheCurrentPeriodCounts() {
    String path = each();
    spend("e1", "rosa", "1");
    stipend.clock.tick(Duration.ofDays(31));

    assertThat(stipend.api("GET", path + "/subjects", "").items()).isEmpty();
  }

  @Test
  void aBudgetOfOneSubjectListsThat() {
    String path =
        "/api/budgets/"
            + stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    spend("e1", "u1", "1");

    assertThat(subjects(stipend.api("GET", path + "/subjects", ""))).containsExactly("u1");
  }

  @Test
  void thoseOfAnotherWorkspaceAreNotThere() {
    String path = each();
    assertThat(
            stipend
                .api("GET", path + "/subjects", "", Tenant.key(stipend, "read", "other"))
                .status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "1e999999999 rosa",
        "1.00",
        "1.00 a\u0000b",
        "99999999999999999999999999999.00 a"
      })
  void aCursorThatIsNotOursIsRefused(String place) {
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(place.getBytes(StandardCharsets.UTF_8));

    Answer refused = stipend.api("GET", each() + "/subjects?cursor=" + cursor, "");

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
  }

  /// A year of days of ten thousand users is not read for one of them.
  @Test
  void aPageReadsTheCountersOfItsPeriodOnly() {
    String path = each();
    stipend.database.execute(
        """
        INSERT INTO stipend.budget_periods (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, spend, dirty, data_as_of)
        SELECT b.workspace_id, b.id, 'u' || u, m, m + interval '1 month', 100, u, FALSE, m
        FROM stipend.budgets b,
          generate_series(1, 2000) AS u,
          generate_series(timestamptz '2025-01-01 00:00Z', '2026-06-01 00:00Z', '1 month') AS m
        """);
    stipend.database.execute("ANALYZE stipend.budget_periods");

    assertThat(
            String.join(
                "\n",
                stipend.database.rows(
                    """
                    EXPLAIN SELECT c.*
                    FROM stipend.budget_periods c
                    WHERE c.workspace_id = (SELECT id FROM stipend.workspaces WHERE slug = 'default')
                      AND c.budget_id = '%s'
                      AND c.period_start = '2026-06-01 00:00Z'
                      AND strpos(lower(c.subject), lower('')) > 0
                    ORDER BY c.spend DESC, c.subject
                    LIMIT 51
                    """
                        .formatted(path.substring(path.lastIndexOf('/') + 1)))))
        .contains("budget_periods_of_budget");
    assertThat(subjects(stipend.api("GET", path + "/subjects?limit=1", "")))
        .containsExactly("u2000");
  }

  private String each() {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"Each\",\"limitAmount\":100,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/api/budgets/" + made.text("id");
  }

  private void spend(String event, String user, String cost) {
    stipend.record(
        Usage.costing(event, SettableClock.START, cost).replace("\"u1\"", "\"" + user + "\""));
  }

  private static List<String> subjects(Answer page) {
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.items().stream()
        .map(item -> String.valueOf(((Map<?, ?>) item).get("subject")))
        .toList();
  }
}
