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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Names for ids: by the API, by page, and where pages show them.
@ExtendWith(StipendExtension.class)
final class PeoplePagesTest {
  private static final String HOSTILE = "<script>alert(1)</script>";

  private final Stipend stipend;
  private final Browser admin;

  PeoplePagesTest(Stipend stipend) {
    this.stipend = stipend;
    this.admin = Browser.ofAdmin(stipend);
  }

  @Test
  void aNameIsPutListedAndForgottenAndThatIsWrittenDown() {
    String body =
        "{\"name\":\"Ana\",\"email\":\"ana@example.com\",\"team\":\"Research\",\"slackId\":\"U0123456789\"}";
    Answer put = stipend.api("PUT", "/api/people/u1", body);
    assertThat(put.status()).as(put.body()).isEqualTo(200);
    assertThat(put.text("id")).isEqualTo("u1");
    assertThat(put.text("slackId")).isEqualTo("U0123456789");
    assertThat(stipend.api("PUT", "/api/people/u1", body).status()).as("again").isEqualTo(200);
    assertThat(stipend.api("PUT", "/api/people/b%40example.com", "{\"name\":\"Bea\"}").text("id"))
        .isEqualTo("b@example.com");
    assertThat(stipend.api("PUT", "/api/people/u1", "{\"name\":\"Ana B\"}").body())
        .contains("Ana B")
        .doesNotContain("Research");

    Answer first = stipend.api("GET", "/api/people?limit=1", "");
    assertThat(first.items()).hasSize(1);
    assertThat(
            stipend
                .api("GET", "/api/people?limit=1&cursor=" + first.json().get("nextCursor"), "")
                .body())
        .contains("\"id\":\"u1\"")
        .doesNotContain("nextCursor");
    assertThat(stipend.api("GET", "/api/people?q=ANA", "").items()).hasSize(1);
    assertThat(stipend.api("GET", "/api/people?q=nobody", "").items()).isEmpty();
    assertThat(stipend.api("GET", "/api/people?cursor=%C3%A4", "").status()).isEqualTo(400);

    assertThat(stipend.api("DELETE", "/api/people/u1", "").status()).isEqualTo(204);
    assertThat(stipend.api("DELETE", "/api/people/u1", "").status()).isEqualTo(404);
    assertThat(
            stipend.database.rows(
                "SELECT action, target FROM stipend.audit_logs WHERE action LIKE 'person.%' ORDER"
                    + " BY at, id"))
        .containsExactly(
            "person.create|person u1",
            "person.create|person b@example.com",
            "person.update|person u1",
            "person.delete|person u1");
  }

  @Test
  void theApiNamesWhatIsWrongAndOnlyAdminsName() {
    Answer wrong =
        stipend.api(
            "PUT", "/api/people/u1", "{\"email\":\"nobody\",\"slackId\":\"ana\",\"age\":7}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("name", "email", "slackId", "age");
    assertThat(stipend.api("PUT", "/api/people/" + "x".repeat(201), "{\"name\":\"X\"}").status())
        .isEqualTo(400);
    Map<String, String> reading = Tenant.key(stipend, "read", "default");
    assertThat(stipend.api("PUT", "/api/people/u1", "{\"name\":\"X\"}", reading).status())
        .isEqualTo(403);
    assertThat(stipend.api("DELETE", "/api/people/u1", "", reading).status()).isEqualTo(403);
    assertThat(stipend.api("GET", "/api/people", "", reading).status()).isEqualTo(200);
    stipend.api("PUT", "/api/people/u1", "{\"name\":\"Ana\"}");
    Map<String, String> elsewhere = Tenant.key(stipend, "admin", "elsewhere");
    assertThat(stipend.api("GET", "/api/people", "", elsewhere).items()).isEmpty();
    assertThat(stipend.api("DELETE", "/api/people/u1", "", elsewhere).status()).isEqualTo(404);
    assertThat(stipend.api("PUT", "/api/people/u1", "{\"name\":\"Theirs\"}", elsewhere).status())
        .as("the same id is somebody else there")
        .isEqualTo(200);
    assertThat(stipend.api("GET", "/api/people", "").body())
        .contains("Ana")
        .doesNotContain("Theirs");
    assertThat(stipend.api("GET", "/api/people", "").items()).hasSize(1);
  }

  @Test
  void somebodyIsNamedEditedAndForgottenByPage() {
    assertThat(admin.page("/people").select(".empty").text()).startsWith("Nobody has a name yet");
    Answer named =
        admin.submit("/people", Map.of("id", "a/b?c", "name", HOSTILE, "team", "Research"));
    assertThat(named.status()).as(named.body()).isEqualTo(303);
    Document list = admin.page(Objects.requireNonNull(named.header("location")));
    assertThat(list.select("tbody th").text()).isEqualTo(HOSTILE);
    assertThat(list.select("main script")).isEmpty();
    Document form = admin.page(list.select("tbody a[href*=edit]").attr("href"));
    assertThat(form.select("[name=id]").attr("value")).isEqualTo("a/b?c");
    assertThat(form.select("[name=team]").attr("value")).isEqualTo("Research");

    Answer wrong = admin.submit("/people", Map.of("id", "u1", "email", "nobody"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(Browser.document(wrong).select("[aria-invalid]").eachAttr("name"))
        .containsExactly("name", "email");
    assertThat(Browser.document(wrong).select("[name=email]").attr("value")).isEqualTo("nobody");

    String remove = list.select("tbody a[href*=remove]").attr("href");
    Document asked = admin.page(remove);
    assertThat(asked.select("main").text()).contains("a/b?c");
    assertThat(stipend.api("GET", "/api/people", "").items()).hasSize(1);
    assertThat(admin.submit(asked.select("main form").attr("action"), Map.of()).status())
        .isEqualTo(303);
    assertThat(stipend.api("GET", "/api/people", "").items()).isEmpty();
    assertThat(admin.get(remove).status()).isEqualTo(404);
  }

  @Test
  void whoMayOnlyReadSeesNamesAndOtherWorkspacesHaveTheirOwn() {
    stipend.api("PUT", "/api/people/u1", "{\"name\":\"Ana\"}");
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    Document page = reader.page("/people");
    assertThat(page.select("tbody").text()).contains("Ana", "u1");
    assertThat(page.select("main form[method=post], main a")).isEmpty();
    assertThat(reader.get("/people/edit").status()).isEqualTo(403);
    assertThat(reader.get("/people/remove?id=u1").status()).isEqualTo(403);
    for (String path : List.of("/people", "/people/remove?id=u1")) {
      assertThat(reader.submit(path, Map.of("id", "u1", "name", "X")).status()).isEqualTo(403);
      assertThat(admin.post(path, Map.of("id", "u1", "name", "X")).status())
          .as("no token")
          .isEqualTo(403);
    }
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    assertThat(elsewhere.page("/people").select("tbody")).isEmpty();
    assertThat(elsewhere.submit("/people/remove?id=u1", Map.of()).status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/people", "").items()).hasSize(1);
  }

  @Test
  void pagesShowTheNameBesideTheId() {
    stipend.api("PUT", "/api/people/u1", "{\"name\":\"Ana <b>B</b>\"}");
    stipend.api("PUT", "/api/people/gpt-4o", "{\"name\":\"No model\"}");
    String each =
        stipend
            .api(
                "POST",
                "/api/budgets",
                "{\"name\":\"Each\",\"limitAmount\":1,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\"}")
            .text("id");
    String whole =
        stipend
            .api(
                "POST",
                "/api/budgets",
                "{\"name\":\"All\",\"limitAmount\":1,\"period\":\"monthly\",\"scope\":\"workspace\",\"scopeId\":\"default\"}")
            .text("id");
    stipend.record(Usage.costing("e1", SettableClock.START.minus(Duration.ofMinutes(30)), "2"));

    Document subjects = admin.page("/budgets/" + each + "/subjects");
    assertThat(subjects.select("tbody th").text()).isEqualTo("u1 Ana <b>B</b>");
    Document budget = admin.page("/budgets/" + whole);
    assertThat(budget.select("[aria-labelledby=parts] tbody th").eachText())
        .contains("u1 Ana <b>B</b>", "gpt-4o");
    String alert =
        stipend.database.value(
            "SELECT id FROM stipend.alert_logs WHERE budget_id = '%s' ORDER BY id LIMIT 1"
                .formatted(whole));
    Document page = admin.page("/alerts/" + alert);
    assertThat(page.select("[aria-labelledby=parts] tbody th").eachText())
        .contains("u1 Ana <b>B</b>");
    assertThat(page.select("main b")).isEmpty();
  }
}
