package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people see of sources, and do with them.
@ExtendWith(StipendExtension.class)
final class SourcePagesTest {
  private final Stipend stipend;
  private WatchedHost host;
  private Browser admin;

  SourcePagesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
    admin = Browser.ofAdmin(stipend);
  }

  private String connect(String name) {
    Answer made = host.connect(name, "");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/sources/" + stipend.database.value("SELECT id FROM stipend.spend_sources");
  }

  @Test
  void whoHasNoneIsToldHowToConnectOne() {
    assertThat(admin.page("/sources").select("main").text())
        .contains("No table of an application is watched yet", "stipend source connect");
  }

  @Test
  void aSourceIsReadNowAndShowsRowsThatDoNotCount() {
    host.call(stipend.clock.instant(), "ana", "0.85");
    host.call(stipend.clock.instant(), "ana", "'NaN'");
    String path = connect("app");
    assertThat(admin.page("/sources").select("tbody tr").text())
        .contains("app public.calls", "reading the past");

    Answer pulled = admin.submit(path + "/pull", Map.of());
    assertThat(pulled.status()).isEqualTo(303);
    assertThat(pulled.header("location")).isEqualTo(path);

    Document page = admin.page(path);
    assertThat(page.select("h1").text()).isEqualTo("app");
    assertThat(page.select("main").text())
        .contains("OK", "Recorded rows 1", "Rejected 1", "cost NaN is no number");
    assertThat(admin.page("/sources").select("nav.views a[aria-current=page]").text())
        .isEqualTo("Sources");
  }

  @Test
  void itIsPausedAndResumedAndThatIsWrittenDown() {
    String path = connect("app");
    assertThat(admin.submit(path + "/pause", Map.of()).status()).isEqualTo(303);
    assertThat(admin.page(path).select("main").text()).contains("paused", "Resume");
    assertThat(admin.submit(path + "/resume", Map.of()).status()).isEqualTo(303);
    assertThat(admin.page(path).select("form[action$=pause] button").text()).isEqualTo("Pause");
    assertThat(
            stipend.database.rows(
                "SELECT action, actor LIKE 'key %' FROM stipend.audit_logs WHERE action LIKE"
                    + " 'source.%' ORDER BY at, id"))
        .contains("source.pause|t", "source.resume|t");
  }

  @Test
  void aFailureIsSaidInItsOwnWords() {
    String path = connect("app");
    host.database.execute("DROP TABLE calls");
    admin.submit(path + "/pull", Map.of());
    assertThat(admin.page(path).select(".wrong").text())
        .contains("There is no table or view calls");
    assertThat(admin.page("/sources").select(".badge.over").text()).isEqualTo("failing");
  }

  @Test
  void whoMayOnlyReadSeesAndChangesNothing() {
    String path = connect("app");
    Answer made = stipend.api("POST", "/api/keys", "{\"name\":\"looks\",\"role\":\"read\"}");
    String key = made.body().replaceFirst("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    Browser reader = new Browser(stipend);
    reader.signIn(key);
    assertThat(reader.page(path).select("main form")).isEmpty();
    for (String action : List.of("pull", "pause", "resume")) {
      assertThat(reader.submit(path + "/" + action, Map.of()).status()).isEqualTo(403);
    }
    assertThat(stipend.database.value("SELECT paused_at IS NULL FROM stipend.spend_sources"))
        .isEqualTo("t");
  }

  @Test
  void aFormWithoutTheTokenChangesNothing() {
    String path = connect("app");
    assertThat(admin.post(path + "/pause", Map.of()).status()).isEqualTo(403);
    assertThat(stipend.database.value("SELECT paused_at IS NULL FROM stipend.spend_sources"))
        .isEqualTo("t");
  }

  @Test
  void namesAreTextAndOtherWorkspacesHaveTheirOwn() {
    String path = connect("<script>alert(1)</script>\u05d0");
    Document page = admin.page("/sources");
    assertThat(page.select("main script")).isEmpty();
    assertThat(page.select("th[scope=row] a").text()).isEqualTo("<script>alert(1)</script>\u05d0");
    for (String unknown :
        List.of("/sources/none", "/sources/00000000-0000-0000-0000-000000000001")) {
      assertThat(admin.get(unknown).status()).isEqualTo(404);
    }
    stipend.database.execute(
        "UPDATE stipend.spend_sources SET removed_at = created_at WHERE '%s' <> ''"
            .formatted(path));
    assertThat(admin.get(path).status()).as("removed").isEqualTo(404);
  }
}
