package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.JsonText;
import dev.stipend.scenario.alerting.RaisedAlerts;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people read about alerts in the console is what the API answers.
@ExtendWith(StipendExtension.class)
final class AlertPagesTest {
  private final Stipend stipend;

  AlertPagesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void withoutAlertsTheListSaysSo() {
    Document page = Browser.ofAdmin(stipend).page("/alerts");
    assertThat(page.select("h1").text()).isEqualTo("Alerts");
    assertThat(page.select("header nav a[aria-current=page]").text()).isEqualTo("Alerts");
    assertThat(page.select(".empty").text()).isEqualTo("There is no alert here.");
    assertThat(page.select("main table, main form, .pager")).isEmpty();
  }

  @Test
  void aRowTellsWhatItIsAboutThenAndNow() {
    RaisedAlerts.raise(stipend);
    RaisedAlerts.spend(stipend, "e2", "10.5");

    Element row = Browser.ofAdmin(stipend).page("/alerts").select("tbody tr").getFirst();

    assertThat(row.select("th[scope=row]").text()).isEqualTo("Test Budget u1");
    assertThat(row.select("[data-label=Threshold]").text())
        .matches("warning Spend at 80\\h?% of the limit");
    assertThat(row.select("[data-label=Threshold] svg[aria-hidden=true] path")).hasSize(1);
    assertThat(row.select("[data-label='When raised']").text())
        .matches("[$]80[.]00 of [$]100[.]00 [(]80([.]0)?\\h?%[)]");
    assertThat(row.select("[data-label=Now]").text())
        .matches("[$]90[.]50 of [$]100[.]00 [(]90[.]5\\h?%[)]");
    assertThat(row.select("[data-label=Now] [title]").eachAttr("title").getFirst())
        .startsWith("90.5")
        .endsWith(" USD");
    assertThat(row.select("[data-label=Raised] [title]").attr("title")).endsWith("UTC");
    assertThat(row.select("[data-label=State]").text()).isEqualTo("Open");
  }

  @Test
  void aSeverityHasAShapeOfItsOwn() {
    RaisedAlerts.raise(stipend);
    RaisedAlerts.spend(stipend, "e2", "30");

    Document page = Browser.ofAdmin(stipend).page("/alerts");

    assertThat(page.select("td .badge:has(svg)").eachText())
        .containsExactlyInAnyOrder("critical", "warning");
    assertThat(page.select("td .badge path").eachAttr("d")).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void theAddressChoosesAmongStages() {
    String acknowledged = alertOf("ana");
    String snoozed = alertOf("bea");
    String closed = alertOf("cleo");
    String open = alertOf("dora");
    RaisedAlerts.act(stipend, acknowledged, "acknowledge", "");
    RaisedAlerts.act(
        stipend,
        snoozed,
        "snooze",
        "{\"until\":\"%s\"}".formatted(stipend.clock.instant().plus(Duration.ofHours(2))));
    refund("cleo");
    Browser browser = Browser.ofAdmin(stipend);

    assertThat(ids(browser.page("/alerts"))).containsExactly(open);
    assertThat(ids(browser.page("/alerts?state=open"))).containsExactly(open);
    assertThat(ids(browser.page("/alerts?state=acknowledged"))).containsExactly(acknowledged);
    assertThat(ids(browser.page("/alerts?state=snoozed"))).containsExactly(snoozed);
    assertThat(ids(browser.page("/alerts?state=closed"))).containsExactly(closed);
    assertThat(ids(browser.page("/alerts?state=all")))
        .containsExactlyInAnyOrder(open, acknowledged, snoozed, closed);
    assertThat(ids(browser.page("/alerts?state=rubbish&budget=x"))).containsExactly(open);
    assertThat(browser.page("/alerts?state=snoozed").select(".tabs a[aria-current]").eachText())
        .containsExactly("Snoozed");
    assertThat(browser.page("/alerts?state=acknowledged").select("[data-label=State]").text())
        .matches("Acknowledged Acknowledged by key [0-9a-f-]{36}, .+");
    assertThat(browser.page("/alerts?state=closed").select("[data-label=State]").text())
        .startsWith("Closed Closed ")
        .containsPattern("is below 80\\h?% of [$]100[.]00");
    assertThat(browser.page("/alerts?state=closed").select("main form, main button")).isEmpty();
    assertThat(browser.page("/alerts?state=acknowledged").select("[data-key]").eachAttr("data-key"))
        .as("once is enough")
        .containsExactly("s");

    stipend.clock.tick(Duration.ofHours(2));
    assertThat(ids(browser.page("/alerts"))).as("slept long enough").contains(snoozed);
  }

  @Test
  void aListGoesOnPageByPageNewestFirst() {
    List<String> raised = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      raised.add(alertOf("user-" + i));
      stipend.clock.tick(Duration.ofSeconds(1));
    }
    Browser browser = Browser.ofAdmin(stipend);

    Document first = browser.page("/alerts");
    assertThat(ids(first)).containsExactlyElementsOf(raised.reversed().subList(0, 25));
    assertThat(first.select(".pager a").eachText()).containsExactly("Older");
    Document second = browser.page(first.select(".pager [rel=next]").attr("href"));
    assertThat(ids(second)).containsExactlyElementsOf(raised.reversed().subList(25, 27));
    assertThat(second.select(".pager a").eachText()).containsExactly("Newest");
    assertThat(second.select(".pager a").attr("href")).isEqualTo("/alerts");
    assertThat(second.select("input[name=return]").attr("value")).startsWith("/alerts?cursor=");

    String budget =
        stipend.database.value(
            "SELECT budget_id FROM stipend.alert_logs WHERE id = '%s'"
                .formatted(raised.getFirst()));
    assertThat(ids(browser.page("/alerts?budget=" + budget))).containsExactly(raised.getFirst());
    Answer wrong = browser.get("/alerts?cursor=rubbish");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(Browser.document(wrong).select("main").text()).contains("cursor");
  }

  @Test
  void thePageOfAnAlertTellsWhoWasToldAndWhy() {
    String alert = RaisedAlerts.raise(stipend);
    stipend.deliverAlerts();

    Browser browser = Browser.ofAdmin(stipend);
    Document page = browser.page("/alerts/" + alert);

    assertThat(page.select("h1").text()).isEqualTo("Test Budget");
    assertThat(page.select(".sentence").text())
        .matches("spend [$]80[.]00 reached 80\\h?% of [$]100[.]00");
    assertThat(page.select("[aria-labelledby=told] tbody tr").eachText())
        .anyMatch(told -> told.contains("Email Alert sent 1"));
    assertThat(page.select("[aria-labelledby=why] tbody tr").eachText())
        .anyMatch(line -> line.matches("Spend at 80\\h?% of the limit.*is open.*"))
        .anyMatch(line -> line.matches("Spend at 100\\h?% .*It takes [$]20[.]00 more[.].*"));
    assertThat(page.select("[aria-labelledby=why] tbody tr"))
        .as("as the API explains")
        .hasSize(((List<?>) Objects.requireNonNull(explained(alert).get("lines"))).size());
    assertThat(page.select("[aria-labelledby=parts] tbody tr").eachText())
        .anyMatch(part -> part.matches("a1 agent [$]80[.]00 100([.]0)?\\h?%"));
    assertThat(browser.page(page.select("main a[href^=/budgets]").attr("href")).select("h1").text())
        .startsWith("Test Budget");
  }

  @Test
  void anAlertOfAPastPeriodIsNotExplained() {
    String alert = RaisedAlerts.raise(stipend);
    stipend.clock.tick(Duration.ofDays(40));
    stipend.sweep();

    Document page = Browser.ofAdmin(stipend).page("/alerts/" + alert);

    assertThat(page.select("[aria-labelledby=why]").text()).contains("The period of this alert");
    assertThat(page.select("#raise")).isEmpty();
  }

  @Test
  void namesAreTextWhateverIsInThem() {
    for (String name :
        List.of(
            "<img src=x onerror=alert(1)>\"'`&amp;</table>",
            "\u05d0\u05d1\u05d2 <b>",
            "x".repeat(10_000))) {
      String alert = alertOf("u" + UUID.randomUUID());
      stipend.database.execute(
          "UPDATE stipend.budgets SET name = '%s' WHERE id = (SELECT budget_id FROM stipend.alert_logs WHERE id = '%s')"
              .formatted(name.replace("'", "''"), alert));
      stipend.database.execute(
          "UPDATE stipend.alert_logs SET acknowledged_at = raised_at, acknowledged_by = '<i>\u202eeve</i>' WHERE id = '%s'"
              .formatted(alert));
      Browser browser = Browser.ofAdmin(stipend);
      Document list = browser.page("/alerts?state=acknowledged");
      assertThat(list.select("th bdi").eachText()).contains(name);
      Document page = browser.page("/alerts/" + alert);
      assertThat(page.select("h1").text()).isEqualTo(name);
      assertThat(page.select("h1").attr("dir")).isEqualTo("auto");
      for (Document each : List.of(list, page)) {
        assertThat(each.select("main img, main i, main b, main [onerror]")).isEmpty();
        assertThat(each.select("script")).hasSize(1);
        assertThat(each.text()).contains("<i>\u202eeve</i>");
      }
    }
  }

  @Test
  void alertsOfAnotherWorkspaceAreNotThere() {
    String alert = RaisedAlerts.raise(stipend);
    Browser other = new Browser(stipend);
    other.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));

    assertThat(ids(other.page("/alerts?state=all"))).isEmpty();
    assertThat(other.get("/alerts/" + alert).status()).isEqualTo(404);
    for (String action : List.of("acknowledge", "snooze", "resend", "raise")) {
      assertThat(
              other
                  .submit(
                      "/alerts/" + alert + "/" + action,
                      Map.of("for", "hour", "amount", "1", "reason", "x"))
                  .status())
          .as(action)
          .isEqualTo(404);
    }
    assertThat(other.submit("/alerts/acknowledge", Map.of("alert", alert)).status()).isEqualTo(404);
    assertThat(other.get("/alerts/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(other.get("/alerts/rubbish").status()).isEqualTo(404);
    assertThat(
            stipend.database.rows("SELECT acknowledged_at, snoozed_until FROM stipend.alert_logs"))
        .containsExactly("null|null");
  }

  @Test
  void whatIsOpenIsShownInSpanishToo() {
    RaisedAlerts.raise(stipend);
    Document page = Browser.ofAdmin(stipend).with("accept-language", "es").page("/alerts");
    assertThat(page.select("h1").text()).isEqualTo("Alertas");
    assertThat(page.select("td .badge").eachText()).containsExactly("advertencia", "Abiertas");
  }

  private Map<?, ?> explained(String alert) {
    String budget = stipend.api("GET", "/api/alerts/" + alert, "").text("budgetId");
    return stipend.api("GET", "/api/budgets/" + budget + "/explain", "").json();
  }

  private String alertOf(String user) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100").replace("u1", user));
    stipend.record(event(user, "e-" + user, "80", ""));
    return stipend.database.value(
        "SELECT id FROM stipend.alert_logs WHERE subject = '%s'".formatted(user));
  }

  private void refund(String user) {
    stipend.record(event(user, "r-" + user, "-50", "\"kind\":\"adjustment\","));
  }

  private static String event(String user, String id, String cost, String more) {
    return Usage.costing(id, SettableClock.START, cost)
        .replace("\"u1\"", JsonText.quoted(user))
        .replace("\"cost\"", more + "\"cost\"");
  }

  private static List<String> ids(Document page) {
    return page.select("tbody th a").eachAttr("href").stream()
        .map(path -> path.replace("/alerts/", ""))
        .toList();
  }
}
