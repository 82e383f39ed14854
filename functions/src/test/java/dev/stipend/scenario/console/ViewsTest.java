package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views of the console: what people read there is what the API answers.
@ExtendWith(StipendExtension.class)
final class ViewsTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private final Stipend stipend;
  private int events;

  ViewsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void anEmptyWorkspaceSaysWhatToDo() {
    Browser browser = Browser.ofAdmin(stipend);
    Document overview = browser.page("/");
    assertThat(overview.select("main h2").text()).isEqualTo("Report a first event");
    assertThat(overview.select("pre").text())
        .startsWith("curl -X POST https://stipend.example.com/api/usage")
        .contains("X-API-Key: YOUR_KEY", "\"eventId\": \"first-event\"");
    assertThat(overview.select("main a").eachAttr("href")).contains("/keys", "/docs");
    assertThat(overview.select("[data-refresh]").attr("hx-get")).isEqualTo("/");
    assertThat(browser.with("hx-request", "true").get("/").status())
        .as("asked again, it stays as it is")
        .isEqualTo(204);
    browser.without("hx-request");
    Document budgets = browser.page("/budgets");
    assertThat(budgets.select(".empty").text()).startsWith("There is no budget yet.");
    assertThat(budgets.select("table")).isEmpty();
  }

  @Test
  void theFirstEventTurnsThePageIntoTheOverview() {
    spend("ana", "2");

    Document overview =
        Browser.document(Browser.ofAdmin(stipend).with("hx-request", "true").get("/"));

    assertThat(overview.select("#live .figure").getFirst().text()).isEqualTo("$2.00");
    assertThat(overview.select(".empty").text()).startsWith("There is no budget yet.");
    assertThat(overview.select(".empty a").attr("href")).isEqualTo("/budgets/new");
    assertThat(overview.text()).contains("Too little is known yet.");
  }

  @Test
  void theOverviewTellsTheMonthAndWhichBudgetsNeedSomebody() {
    budget("ana", "10", ",\"hardLimit\":true");
    budget("bea", "10", "");
    spend("ana", "10.123456789");
    spend("bea", "2");

    Document page = Browser.ofAdmin(stipend).page("/");

    assertThat(page.select("#spend").text()).isEqualTo("Spend in June 2026");
    assertThat(page.select("[aria-labelledby=spend] .figure").text()).isEqualTo("$12.12");
    assertThat(page.select("[aria-labelledby=spend] .figure").attr("title"))
        .isEqualTo("12.123456789 USD");
    assertThat(page.select(".states li").eachText()).containsExactly("refuses work 1", "OK 1");
    assertThat(page.select(".states a").eachAttr("href"))
        .containsExactly("/budgets?state=refusing", "/budgets?state=ok");
    Element row = page.select("[aria-labelledby=worst] tbody tr").getFirst();
    assertThat(row.select("th").text()).isEqualTo("ana user ana, monthly");
    assertThat(row.select(".badge").eachText()).containsExactly("refuses work", "hard limit");
    assertThat(page.select("svg.chart[role=img]").attr("aria-label"))
        .startsWith("Spend of this month: $12.12");
    assertThat(page.select("[aria-labelledby=chart] tbody tr")).hasSize(31);
    assertThat(page.select("[hx-get]").attr("hx-get")).isEqualTo("/");
    assertThat(page.select("table th[scope=col]")).isNotEmpty();
  }

  @Test
  void budgetsAreFilteredPutInOrderAndPagedByTheAddress() {
    for (int i = 0; i < 30; i++) {
      budget("user-%02d".formatted(i), Integer.toString(100 + i), "");
    }
    budget("zoe", "5", "");
    spend("zoe", "6");
    Browser browser = Browser.ofAdmin(stipend);

    Document first = browser.page("/budgets");
    assertThat(names(first)).hasSize(25).startsWith("zoe");
    assertThat(first.select("[rel=next]").attr("href")).isEqualTo("/budgets?page=2");
    assertThat(first.select("[rel=prev]")).isEmpty();
    assertThat(names(browser.page("/budgets?page=2"))).hasSize(6);
    assertThat(names(browser.page("/budgets?state=over"))).containsExactly("zoe");
    assertThat(names(browser.page("/budgets?q=ER-0"))).hasSize(10);
    assertThat(names(browser.page("/budgets?q=a%2Cb"))).isEmpty();
    assertThat(names(browser.page("/budgets?scope=team"))).isEmpty();
    assertThat(names(browser.page("/budgets?sort=limit&order=desc")))
        .startsWith("user-29", "user-28");
    assertThat(names(browser.page("/budgets?sort=name"))).startsWith("user-00", "user-01");
    assertThat(browser.page("/budgets?sort=name").select("th[aria-sort=ascending] a").attr("href"))
        .isEqualTo("/budgets?sort=name&order=desc");
    assertThat(browser.page("/budgets?q=none-like-this").select(".empty a").attr("href"))
        .isEqualTo("/budgets");
    assertThat(names(browser.page("/budgets?sort=rubbish&page=-1&state=x&scope=%00"))).hasSize(25);
  }

  @Test
  void aBarHasATickWhereItsSpendIsExpectedToEnd() {
    budget("ana", "100", "");
    budget("bea", "100", "");
    for (int i = 0; i < 20; i++) {
      spend("ana", "1");
    }
    spend("bea", "1");
    Document page = Browser.ofAdmin(stipend).page("/budgets?sort=name");
    assertThat(page.select("#list .bar .tick")).as("too little is known of bea").hasSize(1);
    Element row = page.select("#list tbody tr").getFirst();
    assertThat(row.select("th a").text()).isEqualTo("ana");
    int tick = Integer.parseInt(row.select(".bar .tick").attr("x"));
    assertThat(tick).isGreaterThan(200).isLessThanOrEqualTo(992);
    String amount = row.select("td .quiet [title]").attr("title");
    String id = row.select("th a").attr("href").replaceFirst(".*/", "");
    assertThat(stipend.api("GET", "/api/budgets/" + id + "/usage", "").text("forecast"))
        .as("that of the API")
        .contains("amount=" + amount.replace(" USD", ""));
  }

  @Test
  void aPeriodEndsInTheZoneOfItsBudgetAndInUtc() {
    budget("ana", "10", ",\"timeZone\":\"America/New_York\"");
    spend("ana", "1");
    Element cell =
        Browser.ofAdmin(stipend).page("/budgets").select("tbody td span[title]").getLast();
    assertThat(cell.text()).contains("1 Jul 2026, 00:00").contains("EDT");
    assertThat(cell.attr("title")).contains("04:00 UTC");
  }

  @Test
  void aBudgetOverEachUserLeadsToAllOfThem() {
    String id =
        stipend
            .api(
                "POST",
                "/api/budgets",
                "{\"name\":\"Each\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\"}")
            .text("id");
    spend("ana", "1");
    spend("bea", "11");
    Browser browser = Browser.ofAdmin(stipend);
    Document list = browser.page("/budgets");
    Element all = list.select("tbody th a").getLast();
    assertThat(all.attr("href")).isEqualTo("/budgets/" + id + "/subjects");
    assertThat(all.text()).isEqualTo("2 ids counted apart");
    assertThat(list.select("tbody td").getFirst().text()).isEqualTo("110 % bea");

    Document subjects = browser.page("/budgets/" + id + "/subjects");

    assertThat(subjects.select("tbody th").eachText()).containsExactly("bea", "ana");
    assertThat(browser.page("/budgets/" + id + "/subjects?q=AN").select("tbody th").eachText())
        .containsExactly("ana");
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    for (String other : List.of(id, "0190b5c2-7c1e-7f3a-9d65-0242ac120002", "x")) {
      Answer answer = elsewhere.get("/budgets/" + other + "/subjects");
      assertThat(answer.status()).as(other).isEqualTo(404);
      assertThat(Browser.document(answer).select("main p").getFirst().text())
          .isEqualTo("This workspace has no such budget.");
    }
    assertThat(names(elsewhere.page("/budgets"))).isEmpty();
  }

  @Test
  void namesAndIdsAreTextWhateverIsInThem() {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"%1$s\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%1$s\"}"
            .formatted(HOSTILE));
    spend(HOSTILE, "11");
    Browser browser = Browser.ofAdmin(stipend);
    for (String path :
        List.of("/", "/budgets", "/budgets?q=" + Browser.form(Map.of("", HOSTILE)).substring(1))) {
      Document page = browser.page(path);
      assertThat(page.select("img")).as(path).isEmpty();
      assertThat(page.select("tbody th").getFirst().text()).contains(HOSTILE);
    }
    assertThat(browser.page("/budgets?q=%22%3E%3Cscript%3E").select("#q").attr("value"))
        .isEqualTo("\"><script>");
  }

  @Test
  void whoeverMayReadSeesTheViews() {
    Browser browser = new Browser(stipend);
    browser.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    assertThat(browser.get("/").status()).isEqualTo(200);
    assertThat(browser.get("/budgets").status()).isEqualTo(200);
  }

  @Test
  void viewsSpeakSpanishToo() {
    budget("ana", "10", "");
    spend("ana", "11");
    Browser browser = Browser.ofAdmin(stipend).with("accept-language", "es");
    assertThat(browser.page("/").select("h1").text()).isEqualTo("Resumen");
    assertThat(browser.page("/").select("#spend").text()).isEqualTo("Gasto en junio 2026");
    assertThat(browser.page("/budgets").select(".badge").getFirst().text())
        .isEqualTo("supera su límite");
  }

  private static List<String> names(Document page) {
    return page.select("#list tbody th > a:first-child").eachText();
  }

  private void budget(String user, String limit, String more) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%1$s\",\"limitAmount\":%2$s,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%1$s\"%3$s}"
                .formatted(user, limit, more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private void spend(String user, String cost) {
    stipend.record(
        Usage.costing("e" + events++, SettableClock.START.minus(Duration.ofMinutes(30)), cost)
            .replace("\"u1\"", "\"" + user + "\""));
  }
}
