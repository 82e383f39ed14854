package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The course of a budget with what happened on its way, and its periods that are over.
@ExtendWith(StipendExtension.class)
final class BudgetPeriodsTest {
  private final Stipend stipend;
  private int events;

  BudgetPeriodsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void theLimitHasStepsAndAlertsStandOnTheCurve() {
    String id = budget("ana");
    spend("ana", "85", SettableClock.START);
    assertThat(Browser.ofAdmin(stipend).page("/budgets/" + id).select("svg.chart line.limit"))
        .hasSize(1);
    stipend.clock.tick(Duration.ofDays(2));
    stipend.api(
        "POST",
        "/api/budgets/" + id + "/increase",
        "{\"amount\":100,\"until\":\"%s\",\"reason\":\"launch\"}"
            .formatted(SettableClock.START.plus(Duration.ofDays(6))));
    stipend.clock.tick(Duration.ofDays(2));
    Browser browser = Browser.ofAdmin(stipend);

    Document page = browser.page("/budgets/" + id);

    assertThat(page.select("svg.chart line.limit")).isEmpty();
    List<String> heights =
        page.select("svg.chart polyline.limit")
            .attr("points")
            .lines()
            .flatMap(points -> List.of(points.split(" ")).stream())
            .map(point -> point.replaceFirst(".*,", ""))
            .distinct()
            .toList();
    assertThat(heights).as("100, 200 and 100 again").hasSize(2);
    assertThat(page.select("svg.chart polyline.limit").attr("points").split(" ")).hasSize(6);
    assertThat(page.select("svg.chart .mark title").eachText())
        .hasSize(2)
        .anyMatch(
            title -> title.startsWith("Raised") && title.endsWith("Spend at 80 % of the limit"))
        .anyMatch(title -> title.startsWith("Recovered"));
    assertThat(page.select("svg.chart .mark.eased")).hasSize(1);
    assertThat(page.select("[aria-labelledby=period-alerts] tbody tr")).hasSize(1);
    String alert = page.select("[aria-labelledby=period-alerts] tbody a").attr("href");
    assertThat(browser.get(alert).status()).isEqualTo(200);
  }

  @Test
  void eachPeriodThatIsOverHasItsCourseItsFiguresAndItsAlerts() {
    String id = budget("*");
    spend("a&b", "85", SettableClock.START);
    stipend.clock.set(Instant.parse("2026-07-02T12:00:00Z"));
    stipend.sweep();
    spend("a&b", "7", Instant.parse("2026-07-02T10:00:00Z"));
    Browser browser = Browser.ofAdmin(stipend);
    Document now = browser.page("/budgets/" + id + "?subject=a%26b");
    assertThat(now.select("[aria-labelledby=spend] .figure").text()).isEqualTo("$7.00");
    assertThat(now.select("[aria-labelledby=period-alerts]")).isEmpty();
    String link = now.select("[aria-labelledby=past] tbody a").attr("href");
    assertThat(link).isEqualTo("/budgets/" + id + "?subject=a%26b&period=2026-06-01T00:00:00Z");

    Document june = browser.page(link);

    assertThat(june.select("h1").text()).startsWith("B: a&b, ").contains("1 Jun 2026");
    assertThat(june.select("h1 + .deeds .badge").text()).isEqualTo("ended");
    assertThat(june.select("[aria-labelledby=spend] .figure").text()).isEqualTo("$85.00");
    assertThat(june.select("[aria-labelledby=forecast], form[action$=/raise]")).isEmpty();
    assertThat(june.select("svg.chart").attr("aria-label"))
        .isEqualTo("85 % of the limit was used.");
    assertThat(june.select("svg.chart .mark")).hasSize(1);
    assertThat(june.select("[aria-labelledby=period-alerts] tbody tr")).hasSize(1);
    assertThat(june.select("[aria-labelledby=past] a[aria-current]")).hasSize(1);
    assertThat(june.select("main p a").eachAttr("href"))
        .contains("/budgets/" + id + "?subject=a%26b");
    for (String wrong :
        List.of(
            "x", "2026-07-01T00:00:00Z", "2026-05-01T00:00:00Z", "-999999999-01-01T00:00:00Z")) {
      assertThat(browser.get("/budgets/" + id + "?subject=a%26b&period=" + wrong).status())
          .as(wrong)
          .isEqualTo(404);
    }
  }

  private String budget(String scopeId) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"B\",\"limitAmount\":100,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%s\",\"alertAt\":[80]}"
                .formatted(scopeId));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private void spend(String user, String cost, Instant at) {
    events++;
    assertThat(
            stipend.record(
                Usage.costing("p" + events, at, cost).replace("\"u1\"", "\"" + user + "\"")))
        .isEmpty();
  }
}
