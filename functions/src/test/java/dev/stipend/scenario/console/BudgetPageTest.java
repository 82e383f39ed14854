package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The page of a budget: its figures are those of the API.
@ExtendWith(StipendExtension.class)
final class BudgetPageTest {
  private final Stipend stipend;
  private int events;

  BudgetPageTest(Stipend stipend) {
    this.stipend = stipend;
  }

  private String budget(String name, String scopeId, String more) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%s\",\"limitAmount\":\"10\",\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%s\"%s}"
                .formatted(name, scopeId, more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id").toString();
  }

  private void spend(String user, String cost, Duration back) {
    events++;
    assertThat(
            stipend.record(
                Usage.costing("p" + events, SettableClock.START.minus(back), cost)
                    .replace("\"u1\"", "\"" + user + "\"")))
        .isEmpty();
  }

  @Test
  void aBudgetShowsItsCourseItsPartsItsPastAndItsVersions() {
    spend("ana", "3", Duration.ofDays(30));
    String id = budget("Ana", "ana", ",\"alertAt\":[50,80],\"hardLimit\":true");
    spend("ana", "4.5", Duration.ofDays(5));
    spend("ana", "1.000000000001", Duration.ofHours(1));
    stipend.api("PATCH", "/api/budgets/" + id, "{\"limitAmount\":\"20\"}");

    Document page = Browser.ofAdmin(stipend).page("/budgets/" + id);

    assertThat(page.select("h1").text()).isEqualTo("Ana");
    assertThat(page.select("[aria-labelledby=spend] .figure").attr("title"))
        .isEqualTo("5.500000000001 USD");
    assertThat(page.select("[aria-labelledby=left] .figure").text()).isEqualTo("$14.49");
    assertThat(page.select("svg.chart .limit")).hasSize(1);
    assertThat(page.select("svg.chart .threshold")).hasSize(2);
    assertThat(page.select("svg.chart polyline")).hasSize(2);
    assertThat(page.select("svg.chart").attr("aria-label")).contains("of the limit is used");
    assertThat(page.select("[aria-labelledby=course] tbody tr").eachText().getLast())
        .as("the table ends where the figure is")
        .endsWith("$5.50");
    assertThat(page.select("[aria-labelledby=past] tbody tr").text()).contains("$3.00");
    assertThat(page.select("[aria-labelledby=versions] tbody tr").eachText())
        .hasSize(2)
        .anyMatch(version -> version.endsWith("limitAmount"))
        .anyMatch(version -> version.endsWith("made"));
    assertThat(page.select("[aria-labelledby=parts] tbody tr")).isNotEmpty();
  }

  @Test
  void aBudgetOverEachIdLeadsToItsIdsAndEachHasAPage() {
    String id = budget("Each", "*", "");
    spend("a b&c", "11", Duration.ofHours(1));
    Browser browser = Browser.ofAdmin(stipend);
    Answer all = browser.get("/budgets/" + id);
    assertThat(all.status()).isEqualTo(303);
    assertThat(all.header("location")).isEqualTo("/budgets/" + id + "/subjects");

    String one = browser.page("/budgets/" + id + "/subjects").select("tbody a").attr("href");
    Document page = browser.page(one);
    assertThat(page.select("h1").text()).isEqualTo("Each: a b&c");
    assertThat(page.select("h1 + .deeds .badge").text()).isEqualTo("over its limit");
    assertThat(page.select("[aria-labelledby=spend] .figure").text()).isEqualTo("$11.00");
  }

  @Test
  void whatIsNotHereOrHasNoPeriodIsSaid() {
    Browser browser = Browser.ofAdmin(stipend);
    for (String unknown : new String[] {"none", "00000000-0000-0000-0000-000000000001"}) {
      assertThat(browser.get("/budgets/" + unknown).status()).isEqualTo(404);
    }
    String later =
        stipend
            .api(
                "POST",
                "/api/budgets",
                "{\"name\":\"Later\",\"limitAmount\":1,\"period\":\"total\",\"scope\":\"user\",\"scopeId\":\"x\",\"startsAt\":\"2026-07-01T00:00:00Z\"}")
            .text("id")
            .toString();
    Answer early = browser.get("/budgets/" + later);
    assertThat(early.status()).isEqualTo(409);
    assertThat(Browser.document(early).select("main").text()).contains("has no period now");
  }

  @Test
  void namesAreText() {
    String id = budget("<img src=x onerror=alert(1)>", "<b>ana</b>", "");
    spend("<b>ana</b>", "1", Duration.ofHours(1));
    Document page = Browser.ofAdmin(stipend).page("/budgets/" + id);
    assertThat(page.select("main img, main b")).isEmpty();
    assertThat(page.select("h1").text()).isEqualTo("<img src=x onerror=alert(1)>");
    assertThat(page.select(".facts").text()).contains("<b>ana</b>");
  }

  @Test
  void aBudgetIsInTheStateThatItsListSays() {
    budget("fine", "fine", "");
    budget("risk", "risk", "");
    budget("over", "over", "");
    budget("refusing", "refusing", ",\"hardLimit\":true");
    String paused = budget("paused", "paused", "");
    stipend.api("PATCH", "/api/budgets/" + paused, "{\"status\":\"paused\"}");
    spend("fine", "1", Duration.ofHours(1));
    spend("risk", "8.5", Duration.ofHours(1));
    spend("over", "12", Duration.ofHours(1));
    spend("refusing", "10", Duration.ofHours(1));
    stipend.sweep();
    Browser browser = Browser.ofAdmin(stipend);
    Document list = browser.page("/budgets");
    assertThat(list.select("#list tbody tr")).hasSize(5);
    for (Element row : list.select("#list tbody tr")) {
      Document page = browser.page(row.select("th > a").attr("href"));
      assertThat(page.select("h1 + .deeds .badge").text())
          .as(page.select("h1").text())
          .isEqualTo(row.select("td .badge").getFirst().text());
    }
    assertThat(list.select("#list tbody td .badge").eachText())
        .contains("refuses work", "over its limit", "at risk", "OK", "paused");
  }
}
