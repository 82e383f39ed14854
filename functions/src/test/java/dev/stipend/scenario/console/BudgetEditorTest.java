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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The editor of budgets: what its form makes is what the API would have made.
@ExtendWith(StipendExtension.class)
final class BudgetEditorTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private final Stipend stipend;
  private int events;

  BudgetEditorTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void idsThatUsageHasHadAreSuggested() {
    for (String user : List.of("ana", "<b>bea", "chi")) {
      stipend.api(
          "POST",
          "/api/usage",
          """
          {"events":[{"eventId":"%1$s","occurredAt":"%2$s","userId":"%1$s","provider":"openai","model":"gpt-4o","cost":"1"}]}\
          """
              .formatted(user, stipend.clock.instant()));
    }
    Browser browser = Browser.ofAdmin(stipend);
    String path = "/budgets/new/ids?scope=";
    assertThat(browser.page(path + "user&scopeId=a").select("option").eachAttr("value"))
        .containsExactly("ana", "<b>bea");
    assertThat(browser.page(path + "model").select("option").eachAttr("value"))
        .containsExactly("gpt-4o");
    assertThat(browser.page(path + "workspace").select("option")).isEmpty();
    assertThat(browser.page(path + "user&scopeId=%00").select("option")).hasSize(3);
  }

  @Test
  void aBudgetIsMadeByItsForm() {
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.page("/budgets").select("a[href=/budgets/new]")).hasSize(2);
    Map<String, String> form = filled(browser.page("/budgets/new"));
    assertThat(form)
        .containsEntry("timeZone", "UTC")
        .containsEntry("percent-0", "80")
        .containsEntry("percent-3", "");
    form.put("name", "Ana & Søn");
    form.put("limitAmount", " 12.50 ");
    form.put("scopeId", "ana");
    form.put("period", "weekly");
    form.put("weekStart", "sunday");
    form.put("timeZone", "Europe/Madrid");
    form.put("hardLimit", "true");
    form.put("percent-0", "50");
    form.put("kind-0", "forecast");
    form.put("percent-3", "120.5");
    form.put("severity-3", "info");
    form.put("remind-3", "24");

    Answer made = browser.submit("/budgets/new", form);

    assertThat(made.status()).as(made.body()).isEqualTo(303);
    String path = Objects.requireNonNull(made.header("location"));
    assertThat(path).matches("/budgets/[0-9a-f-]{36}\\?done=saved");
    Document page = browser.page(path);
    assertThat(page.select(".done").text()).isEqualTo("The budget is saved.");
    assertThat(page.select(".stale")).isEmpty();
    Answer read = stipend.api("GET", "/api" + path.replaceFirst("\\?.*", ""), "");
    assertThat(read.text("name")).isEqualTo("Ana & Søn");
    assertThat(read.text("limitAmount")).isEqualTo("12.50");
    assertThat(read.text("scope") + " " + read.text("scopeId")).isEqualTo("user ana");
    assertThat(read.text("period") + " " + read.text("weekStart")).isEqualTo("weekly sunday");
    assertThat(read.text("timeZone")).isEqualTo("Europe/Madrid");
    assertThat(read.text("hardLimit")).isEqualTo("true");
    assertThat(read.text("thresholds"))
        .contains("percent=50, kind=forecast, severity=warning")
        .contains("percent=100, kind=actual, severity=critical")
        .contains("percent=120.5, kind=actual, severity=info")
        .contains("remindEveryHours=24");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'budget.create'"))
        .isEqualTo("1");

    assertThat(browser.submit("/budgets/new", form).header("location"))
        .as("the same form again makes nothing else")
        .isEqualTo(path);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budgets")).isEqualTo("1");
  }

  @Test
  void aTotalHasItsTimesInItsOwnZone() {
    Browser browser = Browser.ofAdmin(stipend);
    Map<String, String> form = filled(browser.page("/budgets/new"));
    form.putAll(Map.of("name", "Project", "limitAmount", "5", "scope", "tag"));
    form.putAll(Map.of("scopeId", "project=x", "period", "total", "timeZone", "America/New_York"));
    form.putAll(Map.of("startsAt", "2026-06-01T00:00", "endsAt", "2026-08-01T12:30:15"));
    String path = Objects.requireNonNull(browser.submit("/budgets/new", form).header("location"));
    String api = "/api" + path.replaceFirst("\\?.*", "");
    assertThat(stipend.api("GET", api, "").text("startsAt")).isEqualTo("2026-06-01T04:00:00Z");
    assertThat(stipend.api("GET", api, "").text("endsAt")).isEqualTo("2026-08-01T16:30:15Z");

    String edit = path.replaceFirst("\\?.*", "/edit");
    Map<String, String> again = filled(browser.page(edit));
    assertThat(again).containsEntry("endsAt", "2026-08-01T12:30:15");
    assertThat(browser.submit(edit, again).status()).isEqualTo(303);
    assertThat(stipend.api("GET", api, "").text("version")).as("nothing changed").isEqualTo("1");
    again.put("endsAt", "");
    assertThat(browser.submit(edit, again).status()).isEqualTo(303);
    assertThat(stipend.api("GET", api, "").text("endsAt")).isEqualTo("null");
  }

  @Test
  void whatIsWrongIsSaidBesideItsFieldAndNothingIsLost() {
    Browser browser = Browser.ofAdmin(stipend);
    Map<String, String> form = filled(browser.page("/budgets/new"));
    form.putAll(Map.of("name", HOSTILE + "x".repeat(10_000), "limitAmount", "12,5"));
    form.putAll(Map.of("scope", "tag", "scopeId", "none", "timeZone", "Mars/Base"));
    form.putAll(Map.of("anchorDay", "40", "percent-1", "", "percent-2", "many", "remind-2", "0"));
    form.put("channels", "0190b5c2-7c1e-7f3a-9d65-0242ac120002");

    Answer answer = browser.submit("/budgets/new", form);

    assertThat(answer.status()).isEqualTo(400);
    Document page = Browser.document(answer);
    assertThat(page.select("[aria-invalid=true]").eachAttr("name"))
        .containsExactlyInAnyOrder(
            "name", "limitAmount", "scopeId", "timeZone", "anchorDay", "percent-2", "remind-2");
    for (Element field : page.select("[aria-invalid=true]")) {
      String id = field.attr("id") + "-wrong";
      assertThat(field.attr("aria-describedby").split(" ")).contains(id);
      assertThat(page.select("#" + id)).as(id).hasSize(1);
    }
    assertThat(page.select("#limitAmount-wrong").text()).startsWith("Limit is not a decimal");
    assertThat(page.select("#channels-wrong").text()).contains("channel of this workspace");
    assertThat(page.select("main img")).isEmpty();
    Map<String, String> kept = filled(page);
    kept.remove("channels");
    form.keySet().removeIf(field -> field.equals("channels") || field.endsWith("-1"));
    assertThat(kept).containsAllEntriesOf(form);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budgets")).isEqualTo("0");
  }

  @Test
  void aPreviewTellsWhatABudgetWouldHaveDoneAndChangesNothing() {
    spend("ana", "9", Duration.ofDays(30));
    spend("ana", "11", Duration.ofDays(2));
    Browser browser = Browser.ofAdmin(stipend);
    Map<String, String> form = filled(browser.page("/budgets/new"));
    form.putAll(Map.of("limitAmount", "10", "scopeId", "ana", "hardLimit", "true"));
    assertThat(browser.page("/budgets/new").select("#preview").text()).contains("Nothing is saved");
    form.put("name", "Ana");

    Answer answer = browser.submit("/budgets/preview", form);

    assertThat(answer.status()).isEqualTo(200);
    Document page = Browser.document(answer);
    assertThat(page.select("#preview > p").getFirst().text())
        .isEqualTo("In the last 6 periods: 1 alert, 1 refusal.");
    assertThat(page.select("#preview .stale")).isEmpty();
    assertThat(page.select("#preview tbody tr")).hasSize(6);
    assertThat(page.select("#preview tbody tr").getFirst().text()).contains("running", "$11.00");
    assertThat(page.select("#preview").text()).contains("At most 3,000,000 recorded events");
    assertThat(filled(page)).containsEntry("limitAmount", "10").containsEntry("name", "Ana");
    for (String table : new String[] {"budgets", "audit_logs", "notification_channels"}) {
      assertThat(stipend.database.value("SELECT count(*) FROM stipend." + table))
          .as(table)
          .isEqualTo("0");
    }
    form.put("limitAmount", "");
    assertThat(
            Browser.document(browser.submit("/budgets/preview", form)).select("#preview li").text())
        .isEqualTo("Limit is required");
  }

  @Test
  void whereNobodyWouldHearThePreviewAndThePageAfterItSaySo() {
    Browser browser = new Browser(stipend);
    browser.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    Map<String, String> form = filled(browser.page("/budgets/new"));
    form.putAll(Map.of("name", "All", "limitAmount", "10", "scopeId", "*"));
    assertThat(
            Browser.document(browser.submit("/budgets/preview", form))
                .select("#preview .stale")
                .text())
        .startsWith("Nobody would be notified");
    String path = Objects.requireNonNull(browser.submit("/budgets/new", form).header("location"));
    String ids = Objects.requireNonNull(browser.get(path).header("location"));
    Document page = browser.page(ids);
    assertThat(page.select(".done").text()).isEqualTo("The budget is saved.");
    assertThat(page.select(".stale").text()).startsWith("Nobody would be notified");
    assertThat(page.select("a[href$=/edit]")).hasSize(1);
  }

  @Test
  void anEditShowsTheDifferenceAndIsSavedOverTheVersionThatWasShown() {
    String id = budget("Ana", ",\"alertAt\":[80]");
    Browser browser = Browser.ofAdmin(stipend);
    String path = "/budgets/" + id + "/edit";
    assertThat(browser.page("/budgets/" + id).select("a[href=" + path + "]")).hasSize(1);
    Map<String, String> form = filled(browser.page(path));
    assertThat(form).doesNotContainKeys("scope", "period", "timeZone");
    form.putAll(Map.of("limitAmount", "200", "percent-1", "90"));

    Document preview = Browser.document(browser.submit("/budgets/preview", form));

    assertThat(preview.select("#preview table").getLast().select("tbody tr").eachText())
        .containsExactly(
            "Limit $100.00 $200.00",
            "Thresholds 80 % of spend (warning)"
                + " 80 % of spend (warning), 90 % of spend (warning)");
    form.put("percent-0", "70");
    Browser other = Browser.ofAdmin(stipend);
    stipend.api("PATCH", "/api/budgets/" + id, "{\"name\":\"Team <b>\"}");

    Answer conflict = browser.submit(path, form);

    assertThat(conflict.status()).isEqualTo(409);
    Document page = Browser.document(conflict);
    assertThat(page.select("[aria-labelledby=conflict] table").getFirst().select("tbody").text())
        .isEqualTo("Name Ana Team <b>");
    assertThat(page.select("[aria-labelledby=conflict] table").getLast().select("tbody").text())
        .contains("Name Team <b> Ana", "Limit $100.00 $200.00");
    Map<String, String> kept = filled(page);
    assertThat(kept).containsEntry("limitAmount", "200").containsEntry("version", "2");
    assertThat(stipend.api("GET", "/api/budgets/" + id, "").text("limitAmount"))
        .isEqualTo("100.00");
    assertThat(other.submit(path, kept).status()).isEqualTo(303);
    Answer saved = stipend.api("GET", "/api/budgets/" + id, "");
    assertThat(saved.text("version")).isEqualTo("3");
    assertThat(saved.text("name") + " " + saved.text("limitAmount")).isEqualTo("Ana 200.00");
  }

  @Test
  void channelsOfThresholdsAreKept() {
    Answer channel =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"name\":\"Mail <i>\",\"kind\":\"email\",\"config\":{\"to\":\"a@example.com\"}}");
    assertThat(channel.status()).as(channel.body()).isEqualTo(201);
    String id =
        budget(
            "Ana",
            ",\"channels\":[\"Mail <i>\"],\"thresholds\":[{\"percent\":50,\"channels\":[\"Mail"
                + " <i>\"]}]");
    Browser browser = Browser.ofAdmin(stipend);
    String path = "/budgets/" + id + "/edit";
    Document page = browser.page(path);
    assertThat(page.select("[name=channels][checked]")).hasSize(1);
    assertThat(page.select("#thresholds ~ table").text()).contains("Notifies only: Mail <i>");
    Map<String, String> form = filled(page);
    form.put("name", "Other");
    assertThat(browser.submit(path, form).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api/budgets/" + id + "/versions", "").body())
        .contains("\"changed\":[\"name\"]");
  }

  @Test
  void aBudgetIsArchivedOnceThatIsConfirmed() {
    String id = budget("Ana", "");
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.page("/budgets/" + id + "/archive").select("main form button").text())
        .isEqualTo("Archive");
    assertThat(stipend.api("GET", "/api/budgets/" + id, "").text("status")).isEqualTo("active");
    assertThat(browser.submit("/budgets/" + id + "/archive", Map.of()).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api/budgets/" + id, "").text("status")).isEqualTo("archived");
    assertThat(browser.get("/budgets/" + id + "/edit").status()).isEqualTo(409);
  }

  @Test
  void whoMayOnlyReadSeesNoFormAndIsRefused() {
    String id = budget("Ana", "");
    Browser browser = new Browser(stipend);
    browser.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    assertThat(browser.page("/budgets").select("a[href=/budgets/new]")).isEmpty();
    assertThat(browser.page("/budgets/" + id).select("a[href$=/edit], main form")).isEmpty();
    for (String path : new String[] {"/new", "/" + id + "/edit", "/" + id + "/archive"}) {
      assertThat(browser.get("/budgets" + path).status()).as(path).isEqualTo(403);
      assertThat(browser.submit("/budgets" + path, Map.of()).status()).as(path).isEqualTo(403);
    }
    assertThat(browser.submit("/budgets/preview", Map.of()).status()).isEqualTo(403);
  }

  @Test
  void budgetsOfOtherWorkspacesAreNotHere() {
    String id = budget("Ana", "");
    Browser browser = new Browser(stipend);
    browser.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    for (String path : new String[] {"/edit", "/archive"}) {
      assertThat(browser.get("/budgets/" + id + path).status()).isEqualTo(404);
      assertThat(browser.submit("/budgets/" + id + path, Map.of()).status()).isEqualTo(404);
    }
    assertThat(browser.submit("/budgets/preview", Map.of("id", id)).status()).isEqualTo(404);
  }

  @Test
  void whatAnApplicationOwnsIsNotEditedHere() {
    String id = budget("Ana", "");
    stipend.database.execute("UPDATE stipend.budgets SET owner = 'source:app'");
    Browser browser = Browser.ofAdmin(stipend);
    Answer answer = browser.get("/budgets/" + id + "/edit");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(Browser.document(answer).select("main").text())
        .contains("belongs to source:app; change it there");
    assertThat(Browser.document(answer).select("main form")).isEmpty();
    assertThat(browser.page("/budgets/" + id).select("a[href$=/edit]")).isEmpty();
    assertThat(browser.submit("/budgets/" + id + "/archive", Map.of()).status()).isEqualTo(409);
  }

  /// What the form would send.
  private static Map<String, String> filled(Document page) {
    Map<String, String> form = new HashMap<>();
    for (Element field : page.select("#editor input, #editor select")) {
      boolean isCheckbox = field.attr("type").equals("checkbox");
      if (field.normalName().equals("select")) {
        Element chosen = field.select("option[selected]").first();
        form.put(
            field.attr("name"),
            (chosen == null ? field.select("option").getFirst() : chosen).attr("value"));
      } else if (!isCheckbox || field.hasAttr("checked")) {
        form.put(field.attr("name"), field.attr("value"));
      }
    }
    form.remove("_token");
    return form;
  }

  private String budget(String name, String more) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%s\",\"limitAmount\":\"100\",\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"ana\"%s}"
                .formatted(name, more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private void spend(String user, String cost, Duration back) {
    events++;
    assertThat(
            stipend.record(
                Usage.costing("p" + events, SettableClock.START.minus(back), cost)
                    .replace("\"u1\"", "\"" + user + "\"")))
        .isEmpty();
  }
}
