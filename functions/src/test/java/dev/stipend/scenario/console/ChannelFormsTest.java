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

/// Channels as admins make, edit and remove them by page.
@ExtendWith(StipendExtension.class)
final class ChannelFormsTest {
  private static final String NEWEST =
      "SELECT id FROM stipend.notification_channels ORDER BY created_at DESC LIMIT 1";

  private final Stipend stipend;
  private final Browser admin;

  ChannelFormsTest(Stipend stipend) {
    this.stipend = stipend;
    this.admin = Browser.ofAdmin(stipend);
  }

  private static Map<String, String> slack(String name) {
    return Map.of(
        "kind", "slack_webhook",
        "name", name,
        "minSeverity", "warning",
        "config.urlSecret", "TEAM_SLACK_URL",
        "isDefault", "true");
  }

  private String make(String name) {
    stipend.set("team.slack.url", "https://hooks.slack.com/services/T0/B0/hidden-part");
    Answer made = admin.submit("/channels", slack(name));
    assertThat(made.status()).as(made.body()).isEqualTo(303);
    return stipend.database.value(NEWEST);
  }

  @Test
  void aChannelIsMadeOfItsKindAndNamesItsSecret() {
    Document kinds = admin.page("/channels/new");
    assertThat(kinds.select("main ul a").eachAttr("href"))
        .contains("/channels/new?kind=slack_webhook", "/channels/new?kind=email");
    Document form = admin.page("/channels/new?kind=slack_bot");
    assertThat(form.select("main [name^=config]").eachAttr("name"))
        .containsExactly(
            "config.tokenSecret", "config.channel", "config.raiseMembers", "config.locale");
    assertThat(form.select("main label[for]")).hasSizeGreaterThan(6);

    String id = make("Team");
    Answer api = stipend.api("GET", "/api/channels/" + id, "");
    assertThat(api.text("kind")).isEqualTo("slack_webhook");
    assertThat(api.text("minSeverity")).isEqualTo("warning");
    assertThat(api.text("isDefault")).isEqualTo("true");
    assertThat(api.body()).contains("\"urlSecret\":\"TEAM_SLACK_URL\"");
    assertThat(admin.get("/channels").body()).contains("TEAM_SLACK_URL").doesNotContain("T0/B0");
    assertThat(
            stipend.database.rows(
                "SELECT action, target = 'channel %s' FROM stipend.audit_logs WHERE action LIKE 'channel.%%'"
                    .formatted(id)))
        .containsExactly("channel.create|t");
  }

  @Test
  void aChannelThatCannotSendYetSaysSoAtOnce() {
    Answer made = admin.submit("/channels", slack("Team"));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(Browser.document(made).select("tbody").text())
        .contains("TEAM_SLACK_URL is not set", "nothing can be sent to this channel");
  }

  @Test
  void itIsEditedAndRemovedAndBothAreWrittenDown() {
    String id = make("Team");
    Document form = admin.page("/channels/" + id + "/edit");
    assertThat(form.select("[name=config.urlSecret]").attr("value")).isEqualTo("TEAM_SLACK_URL");
    assertThat(form.select("[name=isDefault][checked]")).hasSize(1);
    assertThat(form.select("[name=minSeverity] [selected]").attr("value")).isEqualTo("warning");

    Answer edited =
        admin.submit(
            "/channels/" + id,
            Map.of(
                "name", "Ops",
                "minSeverity", "critical",
                "config.urlSecret", "TEAM_SLACK_URL",
                "config.locale", "es",
                "isFallback", "true"));
    assertThat(edited.status()).as(edited.body()).isEqualTo(303);
    Answer api = stipend.api("GET", "/api/channels/" + id, "");
    assertThat(api.text("name")).isEqualTo("Ops");
    assertThat(api.text("isDefault")).isEqualTo("false");
    assertThat(api.text("isFallback")).isEqualTo("true");
    assertThat(api.body()).contains("\"locale\":\"es\"");

    String remove = "/channels/" + id + "/remove";
    assertThat(admin.page(remove).select("main form").attr("action")).isEqualTo(remove);
    assertThat(stipend.api("GET", "/api/channels/" + id, "").status()).isEqualTo(200);
    assertThat(admin.submit(remove, Map.of()).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api/channels/" + id, "").status()).isEqualTo(404);
    assertThat(
            stipend.database.rows(
                "SELECT action FROM stipend.audit_logs WHERE action LIKE 'channel.%' ORDER BY at,"
                    + " id"))
        .containsExactly("channel.create", "channel.update", "channel.delete");
  }

  @Test
  void aChannelThatABudgetNamesStays() {
    String id = make("Team");
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"Research\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"u1\",\"channels\":[\"%s\"]}"
            .formatted(id));
    Answer kept = admin.submit("/channels/" + id + "/remove", Map.of());
    assertThat(kept.status()).isEqualTo(409);
    assertThat(Browser.document(kept).select("main").text()).contains("Research");
    assertThat(stipend.api("GET", "/api/channels/" + id, "").status()).isEqualTo(200);
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndNoSecretComesBack() {
    make("Team");
    String secret = "https://hooks.slack.com/services/T000/B000/very-secret";
    Answer wrong =
        admin.submit(
            "/channels",
            Map.of(
                "kind",
                "slack_webhook",
                "name",
                "",
                "minSeverity",
                "loud",
                "config.urlSecret",
                secret));
    assertThat(wrong.status()).isEqualTo(400);
    Document page = Browser.document(wrong);
    assertThat(page.select("[aria-invalid]").eachAttr("name"))
        .contains("name", "minSeverity", "config.urlSecret");
    assertThat(page.select("[id=error-config.urlSecret]").text()).contains("looks like a secret");
    assertThat(wrong.body()).doesNotContain("very-secret");

    Answer taken = admin.submit("/channels", slack("Team"));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(Browser.document(taken).select("[id=error-name]").text()).contains("Team");
    assertThat(Browser.document(taken).select("[name=config.urlSecret]").attr("value"))
        .isEqualTo("TEAM_SLACK_URL");
    assertThat(stipend.api("GET", "/api/channels", "").items()).hasSize(1);
  }

  @Test
  void whoMayOnlyReadChangesNothingAndOtherWorkspacesHaveTheirOwn() {
    String id = make("<script>alert(1)</script>\u05d0");
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    Document list = reader.page("/channels");
    assertThat(list.select("main a[href$=/new], main a[href$=/edit], main form, main script"))
        .isEmpty();
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    for (String path : List.of("/channels/" + id + "/edit", "/channels/" + id + "/remove")) {
      assertThat(reader.get(path).status()).isEqualTo(403);
      assertThat(elsewhere.get(path).status()).isEqualTo(404);
      assertThat(admin.page(path).select("main script")).isEmpty();
    }
    for (String path : List.of("/channels/" + id, "/channels/" + id + "/remove")) {
      assertThat(reader.submit(path, slack("x")).status()).isEqualTo(403);
      assertThat(elsewhere.submit(path, slack("x")).status()).isEqualTo(404);
      assertThat(admin.post(path, slack("x")).status()).as("no token").isEqualTo(403);
    }
    assertThat(reader.submit("/channels", slack("x")).status()).isEqualTo(403);
    assertThat(stipend.api("GET", "/api/channels/" + id, "").text("name")).startsWith("<script>");
  }
}
