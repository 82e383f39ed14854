package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The spend explorer: its figures are those of the API and of the events themselves. It is noon of
/// 15 June 2026.
@ExtendWith(StipendExtension.class)
final class SpendPagesTest {
  private static final String JUNE = "/spend?from=2026-06-01&to=2026-06-15";

  private final Stipend stipend;
  private final SpentEvents spent;

  SpendPagesTest(Stipend stipend) {
    this.stipend = stipend;
    this.spent = new SpentEvents(stipend);
  }

  @Test
  void anEmptyWorkspaceHasAPageWithoutAPicture() {
    Document page = Browser.ofAdmin(stipend).page("/spend");
    assertThat(page.select("h1").text()).isEqualTo("Spend");
    assertThat(page.select(".empty").text()).isEqualTo("Nothing was used in this range.");
    assertThat(page.select("svg.bars")).isEmpty();
    assertThat(page.select("#range option[selected]").attr("value")).isEqualTo("30d");
    assertThat(page.select("nav.views a[aria-current]").text()).isEqualTo("Spend");
  }

  @Test
  void groupsAndBarsAreTheSumsOfTheirEvents() {
    Money ana = Money.ZERO;
    for (int day = 1; day <= 14; day++) {
      String cost = "1.00000000000" + day % 10;
      ana = ana.plus(Money.of(cost));
      spend("2026-06-%02dT10:00:00Z".formatted(day), "ana", "a1", cost);
    }
    spend("2026-06-02T10:00:00Z", "bea", "a2", "3");
    spend("2026-06-02T10:00:00Z", "", "a2", "0.5");
    // The same days before: 18 to 31 May.
    spend("2026-05-18T00:00:00Z", "ana", "a1", "7");
    spend("2026-05-17T23:59:59Z", "ana", "a1", "100");

    Document page = Browser.ofAdmin(stipend).page(JUNE + "&groupBy=user");

    Money all = ana.plus(Money.of("3.5"));
    assertThat(page.select("[aria-labelledby=total] .figure").attr("title"))
        .isEqualTo(all + " USD");
    assertThat(page.select("[aria-labelledby=earlier] .figure").text()).isEqualTo("$7.00");
    assertThat(
            stipend.api("GET", "/api/spend?from=2026-06-01&to=2026-06-15&groupBy=user", "").body())
        .contains("\"totals\":{\"cost\":\"" + all + "\"");
    List<Element> rows = page.select("[aria-labelledby=groups] tbody tr");
    assertThat(rows.stream().map(row -> row.select("th bdi").text()))
        .containsExactly("ana", "bea", "(none)");
    assertThat(rows.getFirst().select("td .number").getFirst().attr("title"))
        .isEqualTo(ana + " USD");
    assertThat(rows.getFirst().select("td").eachText().subList(1, 4))
        .containsExactly("80 %", "$7.00", "+100 %");
    assertThat(rows.get(1).select("td").eachText().get(3)).isEqualTo("new");
    assertThat(page.select("svg.bars g")).hasSize(14);
    assertThat(page.select("svg.bars g").get(1).select("rect").eachAttr("class"))
        .containsExactly("part1", "part2", "part3");
    assertThat(page.select("svg.bars g title").get(1).text()).contains("2 Jun 2026", "$4.50");
    assertThat(page.select("svg.bars").attr("aria-label")).contains("The largest part is ana");
    assertThat(page.select("[aria-labelledby=chart] tbody tr")).hasSize(14);
  }

  @Test
  void whatIsBeyondTheGreatestGroupsIsSummed() {
    for (int i = 1; i <= 12; i++) {
      spend("2026-06-02T10:00:00Z", "u" + i, "a1", Integer.toString(i));
    }
    Document page = Browser.ofAdmin(stipend).page(JUNE);
    List<Element> rows = page.select("[aria-labelledby=groups] tbody tr");
    assertThat(rows).hasSize(9);
    assertThat(rows.getLast().text()).startsWith("other $10.00");
    assertThat(rows.getLast().select("a")).isEmpty();
    assertThat(page.select("svg.bars g rect").eachAttr("class")).endsWith("part8", "part0");
  }

  @Test
  void aDayIsOneOfTheZoneAndMayHave23Hours() {
    stipend.clock.set(Instant.parse("2026-04-02T12:00:00Z"));
    // Clocks of Madrid go forward at 01:00 UTC of 29 March.
    spend("2026-03-28T22:59:59Z", "ana", "a1", "1");
    spend("2026-03-28T23:00:00Z", "ana", "a1", "2");
    spend("2026-03-29T21:59:59Z", "ana", "a1", "4");
    spend("2026-03-29T22:00:00Z", "ana", "a1", "8");
    Document page =
        Browser.ofAdmin(stipend)
            .page("/spend?from=2026-03-28&to=2026-03-31&timeZone=Europe/Madrid");
    assertThat(page.select("svg.bars g title").eachText())
        .containsExactly(
            "Sat 28 Mar 2026: $1.00", "Sun 29 Mar 2026: $6.00", "Mon 30 Mar 2026: $8.00");
    Document hours =
        Browser.ofAdmin(stipend)
            .page("/spend?from=2026-03-29&to=2026-03-30&timeZone=Europe/Madrid&interval=hour");
    assertThat(hours.select("[aria-labelledby=chart] tbody tr")).hasSize(23);
  }

  @Test
  void aGroupLeadsToItsPartsAndToItsEventsAndFiltersCanBeTakenAway() {
    spend("2026-06-02T10:00:00Z", "ana & co", "a1", "1");
    spend("2026-06-03T10:00:00Z", "ana & co", "a2", "2");
    spend("2026-06-03T10:00:00Z", "bea", "a2", "1");
    Browser browser = Browser.ofAdmin(stipend);
    Element row = browser.page(JUNE).select("[aria-labelledby=groups] tbody tr").getFirst();
    List<String> links = row.select("a").eachAttr("href");

    Document parts = browser.page(links.getFirst() + "&groupBy=");
    assertThat(links.getFirst())
        .isEqualTo("/spend?from=2026-06-01&to=2026-06-15&userId=ana+%26+co&groupBy=team");
    assertThat(parts.select(".chips bdi").eachText()).containsExactly("ana & co");
    assertThat(parts.select("[aria-labelledby=total] .figure").text()).isEqualTo("$3.00");
    Document agents =
        browser.page("/spend?from=2026-06-01&to=2026-06-15&userId=ana+%26+co&groupBy=agent");
    assertThat(agents.select("[aria-labelledby=groups] tbody th bdi").eachText())
        .containsExactly("a2", "a1");
    assertThat(agents.select(".chips a").attr("href"))
        .isEqualTo("/spend?from=2026-06-01&to=2026-06-15&groupBy=agent");

    Document events = browser.page(links.get(1));
    assertThat(events.select("tbody th bdi").eachText()).containsExactly("e1", "e0");
    assertThat(events.select(".chips bdi").eachText()).containsExactly("ana & co");
  }

  @Test
  void aFormMayAddAFilterAndSendFieldsWithNothingInThem() {
    spend("2026-06-02T10:00:00Z", "ana", "a1", "1");
    spend("2026-06-03T10:00:00Z", "bea", "a2", "2");
    Document page =
        Browser.ofAdmin(stipend)
            .page(
                "/spend?range=month&from=&to=&timeZone=&groupBy=agent&interval=&filter=userId&value=bea");
    assertThat(page.select("[aria-labelledby=groups] tbody th bdi").eachText())
        .containsExactly("a2");
    assertThat(page.select("form input[type=hidden][name=userId]").attr("value")).isEqualTo("bea");
    assertThat(page.select("#groupBy option[selected]").attr("value")).isEqualTo("agent");
    Document tag =
        Browser.ofAdmin(stipend).page("/spend?range=month&groupBy=tag:project&tag=project%3Dx");
    assertThat(tag.select("[aria-labelledby=groups] tbody th bdi").eachText()).containsExactly("x");
    assertThat(tag.select("#groupBy option[selected]").text()).isEqualTo("tag project");
  }

  @ParameterizedTest
  @CsvSource({
    "7d, 2026-06-09T00:00:00Z, 2026-06-08T11:59:59Z",
    "30d, 2026-05-17T00:00:00Z, 2026-05-16T11:59:59Z",
    "month, 2026-06-01T00:00:00Z, 2026-05-15T11:59:59Z",
    "last-month, 2026-05-31T23:59:59Z, 2026-04-30T23:59:59Z",
    "90d, 2026-03-18T00:00:00Z, 2026-03-17T11:59:59Z",
    "year, 2025-06-16T00:00:00Z, 2025-06-15T11:59:59Z"
  })
  void aRangeHasItsNameAndWhatItIsComparedWith(String range, Instant inside, Instant before) {
    stipend.clock.set(inside.isBefore(before) ? before : inside);
    spend(before.toString(), "ana", "a1", "2");
    stipend.clock.set(inside);
    spend(inside.toString(), "ana", "a1", "5");
    stipend.clock.set(Instant.parse("2026-06-15T12:00:00Z"));
    Document page = Browser.ofAdmin(stipend).page("/spend?range=" + range);
    assertThat(page.select("[aria-labelledby=total] .figure").text()).isEqualTo("$5.00");
    assertThat(page.select("[aria-labelledby=earlier] .figure").text()).isEqualTo("$2.00");
  }

  @Test
  void aYearByDayIsThere() {
    spend("2026-06-02T10:00:00Z", "ana", "a1", "1");
    Document page = Browser.ofAdmin(stipend).page("/spend?range=year&interval=day");
    assertThat(page.select("[aria-labelledby=chart] tbody tr")).hasSize(365);
    assertThat(page.select("svg.bars text[text-anchor=middle]")).hasSizeBetween(2, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "/spend?range=ever, range",
    "/spend?from=x, from",
    "/spend?from=2026-06-02&to=2026-06-01, from",
    "/spend?timeZone=Mars, timeZone",
    "/spend?groupBy=colour, groupBy",
    "/spend?interval=blink, interval",
    "/spend?range=year&interval=hour, interval",
    "/spend?range=year&groupBy=tag:project, from",
    "/spend?filter=colour&value=x, filter",
    "/spend/events?minCost=x, minCost",
    "/spend/events?from=x, from",
    "/spend/events?cursor=x, cursor"
  })
  void whatIsWrongIsNamedAndTheFormComesBack(String path, String field) {
    Answer answer = Browser.ofAdmin(stipend).get(path);
    assertThat(answer.status()).isEqualTo(400);
    Document page = Browser.document(answer);
    assertThat(page.select(".wrong[role=alert]").text()).startsWith(field + " ");
    String value = path.replaceAll(".*[?&]" + field + "=([^&]*).*", "$1");
    if (!page.select("input#" + field).isEmpty() && !value.contains("/")) {
      assertThat(page.select("input#" + field).attr("value")).isEqualTo(value);
      assertThat(page.select("input#" + field).attr("aria-invalid")).isEqualTo("true");
    }
  }

  @Test
  void anAddressOfAnyLengthIsReadOrRefused() {
    Answer answer = Browser.ofAdmin(stipend).get("/spend?userId=" + "x".repeat(10_000));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Browser.document(answer).select(".wrong").text()).startsWith("userId must have");
  }

  @Test
  void unpricedEventsAreToldBeside() {
    stipend.record(
        "{\"eventId\":\"n1\",\"occurredAt\":\"2026-06-10T10:00:02Z\",\"model\":\"nobody-knows\",\"provider\":\"p\",\"inputTokens\":7}");
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.page(JUNE).select("[aria-labelledby=requests] p").text())
        .isEqualTo("1 event has no price and is not in these figures.");
    assertThat(browser.page("/spend/events").select("tbody td").getLast().text())
        .isEqualTo("Without a price");
  }

  @Test
  void theExplorerSpeaksSpanishToo() {
    spend("2026-06-02T10:00:00Z", "ana", "a1", "1");
    Document page = Browser.ofAdmin(stipend).with("accept-language", "es").page(JUNE);
    assertThat(page.select("h1").text()).isEqualTo("Gasto");
    assertThat(page.select("#groups").text()).isEqualTo("Por usuario");
  }

  private void spend(String at, String user, String agent, String cost) {
    spent.record(at, user, agent, cost);
  }
}
