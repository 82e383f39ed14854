package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What leaves the spend explorer: ids as text, tables for spreadsheets, and nothing of another
/// workspace. It is noon of 15 June 2026.
@ExtendWith(StipendExtension.class)
final class SpendTablesTest {
  private static final String JUNE = "/spend?from=2026-06-01&to=2026-06-15";

  private final Stipend stipend;
  private final SpentEvents spent;

  SpendTablesTest(Stipend stipend) {
    this.stipend = stipend;
    this.spent = new SpentEvents(stipend);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>alert(1)</script>", "\u202egnp.exe", "=cmd|' /C calc'!A0"})
  void idsAreTextWhateverIsInThem(String id) {
    // An id with direction marks is refused when it is recorded; an address may have one all the
    // same.
    String sent = id.replace("\u202e", "");
    spent.record("2026-06-02T10:00:00Z", sent, "a1", "1");
    Browser browser = Browser.ofAdmin(stipend);
    for (String path :
        List.of(JUNE, "/spend/events", JUNE + "&" + Browser.form(Map.of("userId", id)))) {
      Document page = browser.page(path);
      assertThat(page.select("script:not([src])")).as(path).isEmpty();
      assertThat(page.select("bdi").eachText())
          .as(path)
          .anyMatch(text -> text.contains(id.replace("\u202e", "")));
    }
    String csv = browser.get("/spend/export?from=2026-06-01&to=2026-06-15&groupBy=user").body();
    assertThat(csv).contains(sent.startsWith("=") ? ",'=cmd|' /C calc'!A0," : sent);
    assertThat(browser.get("/spend/events/export").body())
        .contains(sent.startsWith("=") ? "'=cmd|" : sent);
  }

  @Test
  void tablesAreThoseOfTheApi() {
    for (int i = 1; i <= 12; i++) {
      spent.record("2026-06-02T10:00:00Z", "u" + i, "a1", Integer.toString(i));
    }
    Browser browser = Browser.ofAdmin(stipend);
    String query = "from=2026-06-01&to=2026-06-15&groupBy=user&interval=day";
    String link = browser.page("/spend?" + query).select("a[download]").attr("href");
    assertThat(link).isEqualTo("/spend/export?" + query);
    Answer csv = browser.get(link);
    assertThat(csv.header("content-type")).startsWith("text/csv");
    assertThat(csv.body())
        .isEqualTo(stipend.api("GET", "/api/spend?format=csv&" + query, "").body());
    assertThat(browser.get("/spend/events/export?range=month").body())
        .contains("u12")
        .isEqualTo(stipend.api("GET", "/api/usage?format=csv&from=2026-06-01", "").body());
    assertThat(new Browser(stipend).get(link).status()).isEqualTo(303);
  }

  @Test
  void eventsGoOnByPages() {
    for (int i = 0; i < 60; i++) {
      spent.record("2026-06-02T10:00:00Z", "ana", "a1", "1");
    }
    Browser browser = Browser.ofAdmin(stipend);
    Document first = browser.page("/spend/events?range=month");
    assertThat(first.select("tbody tr")).hasSize(50);
    Document second = browser.page(first.select("[rel=next]").attr("href"));
    assertThat(second.select("tbody tr")).hasSize(10);
    assertThat(second.select("[rel=next]")).isEmpty();
    assertThat(browser.page("/spend/events?eventId=e7").select("tbody th bdi").eachText())
        .containsExactly("e7");
  }

  @Test
  void anotherWorkspaceSeesNothingAndAnyKeyMayLook() {
    spent.record("2026-06-02T10:00:00Z", "ana", "a1", "1");
    for (String role : List.of("read", "ingest")) {
      Browser own = browser(role, "default");
      Browser elsewhere = browser(role, "elsewhere");
      for (String path :
          List.of(
              JUNE,
              "/spend/events",
              "/spend/export?range=month&groupBy=user",
              "/spend/events/export")) {
        assertThat(own.get(path).body()).as(path).contains("ana");
        assertThat(elsewhere.get(path).status()).as(path).isEqualTo(200);
        assertThat(elsewhere.get(path).body()).as(path).doesNotContain("ana");
      }
    }
  }

  private Browser browser(String role, String workspace) {
    Browser browser = new Browser(stipend);
    browser.signIn(Objects.requireNonNull(Tenant.key(stipend, role, workspace).get("x-api-key")));
    return browser;
  }
}
