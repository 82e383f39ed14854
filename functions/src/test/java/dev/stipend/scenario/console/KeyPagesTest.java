package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Keys and the audit log, as admins see them.
@ExtendWith(StipendExtension.class)
final class KeyPagesTest {
  private final Stipend stipend;

  KeyPagesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  private static String made(Answer page) {
    return Browser.document(page).select("main p code").text();
  }

  @Test
  void aKeyIsShownOnceWorksAndEndsWithItsRevocation() {
    Browser admin = Browser.ofAdmin(stipend);
    Answer made = admin.submit("/keys", Map.of("name", "Ana's", "role", "read", "userId", "ana"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("cache-control")).isEqualTo("no-store");
    String key = made(made);
    assertThat(key).startsWith("stp_");

    Browser ana = new Browser(stipend);
    ana.signIn(key);
    assertThat(ana.get("/").status()).isEqualTo(200);
    assertThat(admin.page("/keys").text()).contains("Ana's", "read", "ana").doesNotContain(key);

    String revoke = admin.page("/keys").select("a[href$=/revoke]").attr("href");
    assertThat(admin.page(revoke).text()).contains("cannot be undone");
    assertThat(ana.get("/").status()).as("asking revokes nothing").isEqualTo(200);
    assertThat(admin.submit(revoke, Map.of()).status()).isEqualTo(303);
    assertThat(ana.get("/").status()).as("signed out").isEqualTo(303);
    assertThat(admin.page("/keys").select(".badge.over").text()).isEqualTo("revoked");

    Document audit = admin.page("/audit");
    assertThat(audit.select("tbody tr td:nth-of-type(2)").eachText())
        .startsWith("key.revoke", "key.create");
    assertThat(audit.text()).doesNotContain(key);
    assertThat(admin.page("/audit?action=key.create").select("tbody tr")).hasSize(1);
  }

  @Test
  void whatIsWrongIsSaidInTheWordsOfTheApi() {
    Browser admin = Browser.ofAdmin(stipend);
    Answer nameless = admin.submit("/keys", Map.of("role", "read"));
    assertThat(nameless.status()).isEqualTo(400);
    assertThat(Browser.document(nameless).select("main").text()).contains("name");
    String own = stipend.database.value("SELECT id FROM stipend.api_keys WHERE name = 'bootstrap'");
    Answer kept = admin.submit("/keys/" + own + "/revoke", Map.of());
    assertThat(kept.status()).isEqualTo(409);
    assertThat(Browser.document(kept).select("main").text()).contains("signed in with");
    assertThat(admin.get("/keys/none/revoke").status()).isEqualTo(404);
    assertThat(admin.get("/audit?cursor=none").status()).isEqualTo(400);
  }

  @Test
  void otherRolesSeeNeitherKeysNorTheAuditLog() {
    Browser admin = Browser.ofAdmin(stipend);
    String key = made(admin.submit("/keys", Map.of("name", "looks", "role", "read")));
    Browser reader = new Browser(stipend);
    reader.signIn(key);
    assertThat(reader.page("/").select("nav.views a").eachAttr("href"))
        .contains("/budgets")
        .doesNotContain("/keys", "/audit");
    for (String path : List.of("/keys", "/audit")) {
      assertThat(reader.get(path).status()).isEqualTo(403);
    }
    assertThat(reader.submit("/keys", Map.of("name", "more", "role", "admin")).status())
        .isEqualTo(403);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.api_keys WHERE role = 'admin'"))
        .isEqualTo("1");
  }

  @Test
  void theAuditLogGoesOnPageByPageAndNamesAreText() {
    Browser admin = Browser.ofAdmin(stipend);
    for (int i = 0; i < 51; i++) {
      stipend.api("POST", "/api/keys", "{\"name\":\"<b>%d</b>\",\"role\":\"read\"}".formatted(i));
    }
    Document first = admin.page("/audit");
    assertThat(first.select("tbody tr")).hasSize(50);
    assertThat(first.select("main b")).isEmpty();
    Document second = admin.page(first.select("a[rel=next]").attr("href"));
    assertThat(second.select("tbody tr")).hasSize(1);
    assertThat(second.select("a[rel=next]")).isEmpty();
  }
}
