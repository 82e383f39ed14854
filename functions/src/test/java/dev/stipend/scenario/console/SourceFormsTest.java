package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sources as admins try, connect, edit and remove them by page.
@ExtendWith(StipendExtension.class)
final class SourceFormsTest {
  private static final String COLUMNS =
      "event_id = id\nuser_id=who\n\noccurred_at = at\ncost = price\nsettled = finished";

  private final Stipend stipend;
  private WatchedHost host;
  private Browser admin;

  SourceFormsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
    admin = Browser.ofAdmin(stipend);
  }

  private static Map<String, String> calls(String name) {
    Map<String, String> fields = new HashMap<>();
    fields.put("name", name);
    fields.put("relation", "calls");
    fields.put("urlSecret", "HOST_DB_URL");
    fields.put("columns", COLUMNS);
    return fields;
  }

  private String connect(String name) {
    Answer made = admin.submit("/sources", calls(name));
    assertThat(made.status()).as(made.body()).isEqualTo(303);
    return Objects.requireNonNull(made.header("location"));
  }

  @Test
  void aTableIsTriedFirstAndConnectedThen() {
    host.call(stipend.clock.instant().minusSeconds(60), "<b>ana</b>", "0.85");
    assertThat(admin.page("/sources").select("main a.button").attr("href"))
        .isEqualTo("/sources/new");
    assertThat(admin.page("/sources/new").select("[name=preset] option").eachAttr("value"))
        .contains("", "agents-platform", "litellm");

    Answer tried = admin.submit("/sources/test", calls("app"));
    assertThat(tried.status()).as(tried.body()).isEqualTo(200);
    Document page = Browser.document(tried);
    assertThat(page.select("[aria-labelledby=found]").text())
        .contains("\"public\".\"calls\"", "id", "1 row, $0.85", "<b>ana</b>");
    assertThat(page.select("main b")).isEmpty();
    assertThat(page.select("[name=urlSecret]").attr("value")).isEqualTo("HOST_DB_URL");
    assertThat(tried.body()).doesNotContain("reader@");
    assertThat(stipend.api("GET", "/api/sources", "").items()).as("nothing is kept").isEmpty();

    String path = connect("app");
    Answer api = stipend.api("GET", "/api" + path, "");
    assertThat(api.text("name")).isEqualTo("app");
    assertThat(api.text("everySeconds")).isEqualTo("300");
    assertThat(admin.page(path).select("h1").text()).isEqualTo("app");
  }

  @Test
  void whatItsRoleLacksIsThereToBeCopied() {
    host.database.execute("REVOKE ALL ON calls FROM source_reader");
    Answer tried = admin.submit("/sources/test", calls("app"));
    assertThat(tried.status()).as(tried.body()).isEqualTo(400);
    assertThat(Browser.document(tried).select("[aria-labelledby=grants] code").text())
        .startsWith("GRANT ")
        .endsWith(";");
  }

  @Test
  void itIsEditedAndRemovedAndAllIsWrittenDown() {
    String path = connect("app");
    Document form = admin.page(path + "/edit");
    assertThat(form.select("[name=everySeconds]").attr("value")).isEqualTo("300");
    Answer edited =
        admin.submit(
            path, Map.of("name", "billing", "everySeconds", "600", "lookbackSeconds", "1200"));
    assertThat(edited.status()).as(edited.body()).isEqualTo(303);
    Answer api = stipend.api("GET", "/api" + path, "");
    assertThat(api.text("name")).isEqualTo("billing");
    assertThat(api.text("everySeconds")).isEqualTo("600");
    Answer wrong = admin.submit(path, Map.of("name", "billing", "everySeconds", "often"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(Browser.document(wrong).select("[aria-invalid]").attr("name"))
        .isEqualTo("everySeconds");

    assertThat(admin.page(path + "/remove").select("main").text()).contains("recorded stays");
    assertThat(stipend.api("GET", "/api" + path, "").status()).isEqualTo(200);
    assertThat(admin.submit(path + "/remove", Map.of()).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api" + path, "").status()).isEqualTo(404);
    assertThat(
            stipend.database.rows(
                "SELECT action, before IS NULL, after IS NULL FROM stipend.audit_logs WHERE action"
                    + " LIKE 'source.%' ORDER BY at, id"))
        .containsExactly("source.create|t|f", "source.update|f|f", "source.delete|f|t");
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndNoSecretComesBack() {
    connect("app");
    Map<String, String> wrong = calls("other");
    wrong.put("urlSecret", "postgresql://root:very-secret@db.example.com/app");
    wrong.put("costUnit", "pounds");
    for (String path : List.of("/sources/test", "/sources")) {
      Answer answer = admin.submit(path, wrong);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(Browser.document(answer).select("[aria-invalid]").eachAttr("name"))
          .contains("urlSecret", "costUnit");
      assertThat(answer.body()).doesNotContain("very-secret");
    }
    Map<String, String> unreadable = calls("other");
    unreadable.put("columns", "who");
    assertThat(
            Browser.document(admin.submit("/sources/test", unreadable))
                .select("[id=error-columns]")
                .text())
        .contains("user_id = who");
    Answer taken = admin.submit("/sources", calls("app"));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(Browser.document(taken).select("[id=error-name]").text()).contains("already");
    assertThat(stipend.api("GET", "/api/sources", "").body()).doesNotContain("other");
  }

  @Test
  void whoMayOnlyReadChangesNothingAndOtherWorkspacesHaveTheirOwn() {
    String path = connect("<script>alert(1)</script>");
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    assertThat(reader.page("/sources").select("main a[href=/sources/new]")).isEmpty();
    assertThat(reader.page(path).select("main a[href$=/edit], main a[href$=/remove]")).isEmpty();
    for (String each : List.of(path + "/edit", path + "/remove")) {
      assertThat(reader.get(each).status()).isEqualTo(403);
      assertThat(elsewhere.get(each).status()).isEqualTo(404);
      assertThat(admin.page(each).select("main script")).isEmpty();
    }
    for (String each : List.of(path, path + "/remove")) {
      assertThat(reader.submit(each, calls("x")).status()).isEqualTo(403);
      assertThat(elsewhere.submit(each, calls("x")).status()).isEqualTo(404);
      assertThat(admin.post(each, calls("x")).status()).as("no token").isEqualTo(403);
    }
    for (String each : List.of("/sources", "/sources/test")) {
      assertThat(reader.submit(each, calls("x")).status()).isEqualTo(403);
    }
    assertThat(
            Browser.document(elsewhere.submit("/sources/test", calls("x")))
                .select("[id=error-urlSecret]")
                .text())
        .as("the secrets of the first workspace are not theirs")
        .isNotEmpty();
    assertThat(stipend.api("GET", "/api/sources", "").items()).hasSize(1);
  }
}
