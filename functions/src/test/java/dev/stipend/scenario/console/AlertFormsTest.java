package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.scenario.alerting.RaisedAlerts;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A form about an alert has the same effect as the API, and only for those who may.
@ExtendWith(StipendExtension.class)
final class AlertFormsTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String AUDIT =
      """
      SELECT action, target, before ->> 'acknowledgedBy' IS NOT NULL, after ->> 'acknowledgedBy' IS NOT NULL,
        after ->> 'snoozedUntil' IS NOT NULL
      FROM stipend.audit_logs
      WHERE action LIKE 'alert.%'
      ORDER BY at, id
      """;

  private final Stipend stipend;

  AlertFormsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void acknowledgingByAFormIsAcknowledgingByTheApi() {
    String alert = RaisedAlerts.raise(stipend);
    Browser browser = Browser.ofAdmin(stipend);
    Element button = browser.page("/alerts").select("tbody button[data-key=a]").getFirst();

    Answer answer = browser.submit(button.attr("formaction"), Map.of("return", "/alerts"));

    assertThat(answer.status()).as(answer.body()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/alerts?done=acknowledged-1-0");
    assertThat(browser.page("/alerts?done=acknowledged-1-0").select("[role=status].done").text())
        .isEqualTo("Acknowledged: 1.");
    String form = entry();
    String next = worse(alert);
    stipend.database.execute("DELETE FROM stipend.audit_logs WHERE action LIKE 'alert.%'");
    RaisedAlerts.act(stipend, next, "acknowledge", "");
    assertThat(form.replace(alert, "ID")).isEqualTo(entry().replace(next, "ID"));
    assertThat(form).contains("alert.acknowledge|alert " + alert);
    assertThat(stipend.database.rows("SELECT DISTINCT acknowledged_by FROM stipend.alert_logs"))
        .as("the same key")
        .hasSize(1);
  }

  @Test
  void anAlertSleepsForAnHourOrUntilTheReset() {
    String alert = RaisedAlerts.raise(stipend);
    Browser browser = Browser.ofAdmin(stipend);
    String path = "/alerts/" + alert + "/snooze";

    Answer hour = browser.submit(path, Map.of("for", "hour", "return", "/alerts/" + alert));

    assertThat(hour.header("location")).isEqualTo("/alerts/" + alert + "?done=snoozed-1-0");
    assertThat(
            stipend.database.value(
                "SELECT snoozed_until FROM stipend.alert_logs WHERE snoozed_until = '%s'"
                    .formatted(stipend.clock.instant().plusSeconds(3600))))
        .isNotNull();
    assertThat(browser.submit(path, Map.of("for", "reset")).header("location"))
        .isEqualTo("/alerts?done=snoozed-1-0");
    assertThat(stipend.database.value("SELECT snoozed_until = period_end FROM stipend.alert_logs"))
        .isEqualTo("t");
    assertThat(stipend.database.rows(AUDIT))
        .containsExactly(
            "alert.snooze|alert " + alert + "|f|f|t", "alert.snooze|alert " + alert + "|f|f|t");
    assertThat(browser.submit(path, Map.of("for", "ever")).status()).isEqualTo(400);
    assertThat(browser.submit(path, Map.of()).status()).isEqualTo(400);
  }

  @Test
  void severalAreDoneAtOnceAndTheOnesThatAreOverAreCounted() {
    String first = RaisedAlerts.raise(stipend);
    String second = worse(first);
    Browser browser = Browser.ofAdmin(stipend);
    Document page = browser.page("/alerts");
    assertThat(page.select("input[type=checkbox][name=alert]").eachAttr("value"))
        .containsExactlyInAnyOrder(first, second);

    Answer both = many(browser, "/alerts/acknowledge", "", first, second, second);

    assertThat(both.header("location")).isEqualTo("/alerts?done=acknowledged-2-0");
    assertThat(stipend.database.rows(AUDIT)).hasSize(2);
    stipend.database.execute(
        "UPDATE stipend.alert_logs SET state = 'resolved', resolved_at = raised_at WHERE id = '%s'"
            .formatted(first));
    Answer one = many(browser, "/alerts/snooze", "for=hour&", first, second);
    assertThat(one.header("location")).isEqualTo("/alerts?done=snoozed-1-1");
    assertThat(browser.page("/alerts?done=snoozed-1-1").select(".done").text())
        .isEqualTo(
            "Snoozed: 1. Left as they were, because they are over or their period has no end: 1.");
    assertThat(many(browser, "/alerts/acknowledge", "").header("location"))
        .isEqualTo("/alerts?done=acknowledged-0-0");
    assertThat(many(browser, "/alerts/acknowledge", "", second, "rubbish").status()).isEqualTo(404);
    assertThat(stipend.database.rows(AUDIT)).hasSize(3);
  }

  @Test
  void whoMayOnlyReadSeesEverythingAndChangesNothing() {
    String alert = RaisedAlerts.raise(stipend);
    stipend.deliverAlerts();
    for (String role : List.of("read", "ingest")) {
      Browser browser = new Browser(stipend);
      browser.signIn(Objects.requireNonNull(Tenant.key(stipend, role, "default").get("x-api-key")));
      for (String path : List.of("/alerts", "/alerts/" + alert)) {
        Document page = browser.page(path);
        assertThat(page.text()).contains("Test Budget");
        assertThat(page.select("main form, main button, main input")).as(path).isEmpty();
      }
      for (String path :
          List.of(
              "/alerts/acknowledge",
              "/alerts/snooze",
              "/alerts/" + alert + "/acknowledge",
              "/alerts/" + alert + "/snooze",
              "/alerts/" + alert + "/resend",
              "/alerts/" + alert + "/raise")) {
        Answer refused = browser.submit(path, Map.of("alert", alert));
        assertThat(refused.status()).as(path).isEqualTo(403);
        assertThat(refused.body()).contains("Sign in with a key of role admin");
      }
    }
    assertThat(stipend.database.rows(AUDIT)).isEmpty();
  }

  @Test
  void aFormWithoutTheTokenOfTheSessionChangesNothing() {
    String alert = RaisedAlerts.raise(stipend);
    Browser browser = Browser.ofAdmin(stipend);
    String another = Browser.ofAdmin(stipend).token();
    for (String path : List.of("/alerts/acknowledge", "/alerts/" + alert + "/acknowledge")) {
      for (String token : List.of("", "wrong", another)) {
        assertThat(browser.post(path, Map.of("alert", alert, "_token", token)).status())
            .as("%s with %s", path, token)
            .isEqualTo(403);
      }
      assertThat(
              browser
                  .send(
                      "POST",
                      path,
                      "alert=" + alert + "&_token=" + browser.token(),
                      Map.of("content-type", FORM, "origin", "https://evil.example.com"))
                  .status())
          .isEqualTo(403);
      assertThat(browser.get("/alerts/" + alert + "/acknowledge").status()).isBetween(404, 405);
    }
    assertThat(stipend.database.rows(AUDIT)).isEmpty();
  }

  @Test
  void aFormLeadsToNoOtherSite() {
    String alert = RaisedAlerts.raise(stipend);
    Answer answer =
        Browser.ofAdmin(stipend)
            .submit("/alerts/" + alert + "/acknowledge", Map.of("return", "//evil.example.com/"));
    assertThat(answer.header("location")).isEqualTo("/?done=acknowledged-1-0");
  }

  @Test
  void whatWasSentIsSentAgain() {
    String alert = RaisedAlerts.raise(stipend);
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.page("/alerts/" + alert).select("button[formaction$=/resend]")).isEmpty();
    Answer early = browser.submit("/alerts/" + alert + "/resend", Map.of());
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body()).contains("Nothing can be sent again");
    stipend.deliverAlerts();
    Element button =
        browser.page("/alerts/" + alert).select("button[formaction$=/resend]").getFirst();

    Answer answer = browser.submit(button.attr("formaction"), Map.of("return", "/alerts/" + alert));

    assertThat(answer.header("location")).isEqualTo("/alerts/" + alert + "?done=resent-1-0");
    assertThat(stipend.deliverAlerts()).isPositive();
    assertThat(stipend.database.rows(AUDIT)).hasSize(1);
  }

  @Test
  void theLimitIsRaisedUntilThePeriodEnds() {
    String alert = RaisedAlerts.raise(stipend);
    String budget = stipend.api("GET", "/api/alerts/" + alert, "").text("budgetId");
    Browser browser = Browser.ofAdmin(stipend);
    String path = "/alerts/" + alert + "/raise";
    assertThat(browser.page("/alerts/" + alert).select("form[action=" + path + "]")).hasSize(1);

    Answer wrong = browser.submit(path, Map.of("amount", "-5", "reason", "more"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("must be above 0");
    assertThat(browser.submit(path, Map.of("amount", "5")).body()).contains("reason");
    Answer raised =
        browser.submit(
            path, Map.of("amount", "50.5", "reason", "launch week", "return", "/alerts/" + alert));

    assertThat(raised.header("location")).isEqualTo("/alerts/" + alert + "?done=raised-1-0");
    assertThat(
            stipend.database.value(
                "SELECT increased_limit || ' ' || (increased_until = '2026-07-01T00:00Z') FROM"
                    + " stipend.budgets"))
        .matches("150\\.50* true");
    assertThat(stipend.api("GET", "/api/audit?action=budget.increase", "").body())
        .contains("launch week");
    assertThat(browser.page("/alerts/" + alert).text()).contains("$80.00 of $150.50");

    stipend.database.execute(
        "UPDATE stipend.budgets SET owner = 'source:app' WHERE id = '%s'".formatted(budget));
    assertThat(browser.page("/alerts/" + alert).select("form[action=" + path + "]")).isEmpty();
    Answer owned = browser.submit(path, Map.of("amount", "5", "reason", "more"));
    assertThat(owned.status()).isEqualTo(409);
    assertThat(owned.body()).contains("the limit cannot be raised here");
  }

  /// Spends past the limit, and answers the alert that another one is not.
  private String worse(String alert) {
    RaisedAlerts.spend(stipend, "e2", "30");
    return RaisedAlerts.alerts(stipend, "").stream()
        .filter(id -> !id.equals(alert))
        .findFirst()
        .orElseThrow();
  }

  private String entry() {
    return String.join("\n", stipend.database.rows(AUDIT));
  }

  private static Answer many(Browser browser, String path, String more, String... alerts) {
    StringBuilder body = new StringBuilder(more).append("_token=").append(browser.token());
    for (String alert : alerts) {
      body.append("&alert=").append(alert);
    }
    return browser.send(
        "POST",
        path,
        body.toString(),
        Map.of("origin", Browser.ORIGIN, "sec-fetch-site", "same-origin", "content-type", FORM));
  }
}
