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
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people do with a budget for a time at its page: raise, silence, pause, and undo that.
@ExtendWith(StipendExtension.class)
final class BudgetDeedsTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private final Stipend stipend;

  BudgetDeedsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aLimitIsRaisedUntilTheResetAndThatIsUndone() {
    String path = budget("ana");
    spend("ana", "95");
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(admits("ana")).isFalse();

    Answer raised =
        browser.submit(path + "/raise", Map.of("amount", "50", "raise-reason", HOSTILE));

    assertThat(raised.status()).as(raised.body()).isEqualTo(303);
    assertThat(admits("ana")).isTrue();
    assertThat(reserves("ana")).isEqualTo(201);
    Document page = browser.page(Objects.requireNonNull(raised.header("location")));
    assertThat(page.select(".done").text()).isEqualTo("The limit is raised.");
    assertThat(page.select("[aria-labelledby=raised] tbody tr").text())
        .contains("$150.00", "1 Jul 2026", HOSTILE);
    assertThat(page.select("main img")).isEmpty();
    assertThat(stipend.api("GET", "/api" + path, "").text("increase"))
        .isEqualTo("{limitAmount=150.00, until=2026-07-01T00:00:00Z}");

    stipend.clock.tick(Duration.ofMinutes(1));
    Answer lowered = browser.submit(path + "/lower", Map.of("subject", ""));

    assertThat(lowered.status()).isEqualTo(303);
    page = browser.page(Objects.requireNonNull(lowered.header("location")));
    assertThat(page.select(".done").text()).contains("what it was before");
    assertThat(page.select("[aria-labelledby=raised]")).isEmpty();
    assertThat(admits("ana")).isFalse();
    assertThat(reserves("ana")).isEqualTo(402);
    assertThat(stipend.api("GET", "/api/audit", "").body())
        .contains("budget.increase-undo", "budget.increase\"");
  }

  @Test
  void whatIsWrongIsSaidBesideItsFieldAndNothingIsLost() {
    String path = budget("ana");
    Browser browser = Browser.ofAdmin(stipend);
    Answer wrong =
        browser.submit(
            path + "/raise",
            Map.of("amount", "-1", "raise-reason", "", "raise-until", "2020-01-01T00:00"));
    assertThat(wrong.status()).isEqualTo(400);
    Document page = Browser.document(wrong);
    assertThat(page.select("[aria-invalid=true]").eachAttr("name"))
        .containsExactly("amount", "raise-until", "raise-reason");
    assertThat(page.select("#amount-wrong").text()).isEqualTo("Amount must be above 0");
    assertThat(page.select("#amount").attr("value")).isEqualTo("-1");
    assertThat(page.select("#raise-until").attr("value")).isEqualTo("2020-01-01T00:00");

    Answer silence =
        browser.submit(path + "/silence", Map.of("silence-reason", "x", "silence-until", ""));
    assertThat(silence.status()).isEqualTo(400);
    assertThat(Browser.document(silence).select("#silence-until-wrong").text())
        .isEqualTo("Until is required");
    assertThat(stipend.api("GET", "/api" + path, "").text("version")).isEqualTo("1");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.silences")).isEqualTo("0");
  }

  @Test
  void oneIdOfABudgetOverEachIsRaisedAndSilencedAlone() {
    String path = budget("*");
    spend("a b&c", "95");
    spend("bea", "95");
    Browser browser = Browser.ofAdmin(stipend);
    String subject = "a b&c";

    Answer raised =
        browser.submit(
            path + "/raise", Map.of("subject", subject, "amount", "50", "raise-reason", "launch"));

    assertThat(raised.header("location")).isEqualTo(path + "?subject=a+b%26c&done=raised");
    assertThat(admits(subject)).isTrue();
    assertThat(admits("bea")).isFalse();
    Document page = browser.page(Objects.requireNonNull(raised.header("location")));
    assertThat(page.select("[aria-labelledby=raised] tbody tr").text())
        .contains(subject, "$150.00", "launch");
    assertThat(page.select("form[action$=/pause]")).as("that is for all").isEmpty();
    browser.submit(
        path + "/silence",
        Map.of(
            "subject", subject, "silence-until", "2026-06-20T00:00", "silence-reason", "holiday"));
    assertThat(stipend.api("GET", "/api/silences", "").items().getFirst().toString())
        .contains("scopeId=a b&c", "until=2026-06-20T00:00:00Z", "reason=holiday");
    Document all = browser.page(path + "/subjects");
    assertThat(all.select("[aria-labelledby=raised] tbody tr")).hasSize(1);
    assertThat(all.select("[aria-labelledby=silences] tbody tr").text()).contains(subject);
    browser.submit(path + "/lower", Map.of("subject", subject));
    assertThat(admits(subject)).isFalse();
  }

  @Test
  void aBudgetIsSilencedAndHeardAgain() {
    String path = budget("ana");
    Browser browser = Browser.ofAdmin(stipend);
    browser.submit(
        path + "/silence",
        Map.of("silence-until", "2026-06-20T00:00", "silence-reason", "we know"));
    spend("ana", "100");
    assertThat(stipend.database.value("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .isEqualTo("suppressed");
    Document page = browser.page(path);
    assertThat(page.select("[aria-labelledby=silences] tbody tr").text())
        .contains("20 Jun 2026", "we know");
    String end = page.select("form[action*=/silences/]").attr("action");

    assertThat(browser.submit(end, Map.of()).status()).isEqualTo(303);

    assertThat(browser.page(path).select("[aria-labelledby=silences]")).isEmpty();
    assertThat(stipend.api("GET", "/api/silences", "").items()).isEmpty();
    assertThat(stipend.api("GET", "/api/audit", "").body())
        .contains("silence.create", "silence.delete");
    assertThat(browser.submit(end, Map.of()).status()).isEqualTo(404);
    String other = budget("bea");
    browser.submit(
        other + "/silence", Map.of("silence-until", "2026-06-20T00:00", "silence-reason", "x"));
    String id = stipend.database.value("SELECT id FROM stipend.silences");
    assertThat(browser.submit(path + "/silences/" + id + "/end", Map.of()).status())
        .as("of another budget")
        .isEqualTo(404);
  }

  @Test
  void aBudgetIsPausedAndWatchesAgain() {
    String path = budget("ana");
    spend("ana", "100");
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(admits("ana")).isFalse();
    assertThat(browser.submit(path + "/pause", Map.of()).status()).isEqualTo(303);
    assertThat(admits("ana")).isTrue();
    Document page = browser.page(path + "?done=paused");
    assertThat(page.select(".done").text()).isEqualTo("The budget is paused.");
    assertThat(page.select("form[action$=/pause]")).isEmpty();
    assertThat(page.select("form[action$=/resume] button").text()).isEqualTo("Resume");
    assertThat(browser.submit(path + "/resume", Map.of()).status()).isEqualTo(303);
    assertThat(admits("ana")).isFalse();
  }

  @Test
  void onlyAnAdminOfTheWorkspaceDoesSo() {
    String path = budget("ana");
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    assertThat(reader.page(path).select("main form")).isEmpty();
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    for (String deed : new String[] {"raise", "lower", "silence", "pause", "resume"}) {
      assertThat(reader.submit(path + "/" + deed, Map.of()).status()).as(deed).isEqualTo(403);
      assertThat(elsewhere.submit(path + "/" + deed, Map.of()).status()).as(deed).isEqualTo(404);
    }
    stipend.database.execute("UPDATE stipend.budgets SET owner = 'source:app'");
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.page(path).select("form[action$=/raise], form[action$=/pause]")).isEmpty();
    assertThat(browser.page(path).select("form[action$=/silence]")).hasSize(1);
    assertThat(browser.submit(path + "/pause", Map.of()).status()).isEqualTo(409);
  }

  private String budget(String scopeId) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"B %1$s\",\"limitAmount\":100,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%1$s\",\"hardLimit\":true}"
                .formatted(scopeId));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/budgets/" + made.text("id");
  }

  private void spend(String user, String cost) {
    assertThat(
            stipend.record(
                Usage.costing("e" + user.length() + cost, SettableClock.START, cost)
                    .replace("\"u1\"", "\"" + user + "\"")))
        .isEmpty();
  }

  private boolean admits(String user) {
    return stipend
        .api(
            "POST",
            "/api/budgets/validate",
            "{\"userId\":\"%s\",\"estimatedCost\":\"10\"}".formatted(user))
        .text("allowed")
        .equals("true");
  }

  private int reserves(String user) {
    return stipend
        .api(
            "POST",
            "/api/reservations",
            "{\"userId\":\"%s\",\"estimatedCost\":\"10\"}".formatted(user))
        .status();
  }
}
