package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Silences and schedules of summaries, as people see, make and end them by page.
@ExtendWith(StipendExtension.class)
final class SilencePagesTest {
  private static final Map<String, String> SILENCE =
      Map.of("scope", "user", "scopeId", "ana", "until", "2026-06-30", "reason", "Load test");

  private final Stipend stipend;
  private final Browser admin;
  private Browser reader;
  private Browser elsewhere;

  SilencePagesTest(Stipend stipend) {
    this.stipend = stipend;
    this.admin = Browser.ofAdmin(stipend);
    this.reader = new Browser(stipend);
    this.elsewhere = new Browser(stipend);
  }

  @BeforeEach
  void signIn() {
    reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
  }

  private String channel(String name) {
    stipend.api(
        "POST",
        "/api/channels",
        "{\"kind\":\"email\",\"name\":\"%s\",\"config\":{\"to\":\"ana@example.com\"}}"
            .formatted(name));
    return stipend.database.value(
        "SELECT id FROM stipend.notification_channels WHERE config ->> 'to' = 'ana@example.com'");
  }

  @Test
  void aSilenceIsMadeShownAndEnded() {
    assertThat(admin.page("/silences").select(".empty").text()).isEqualTo("Nothing is silenced.");
    assertThat(admin.page("/silences").select(".tabs [aria-current]").text()).isEqualTo("Silences");
    Answer made = admin.submit("/silences", SILENCE);
    assertThat(made.status()).as(made.body()).isEqualTo(303);
    Document list = admin.page("/silences");
    assertThat(list.select("tbody tr").text())
        .contains("user", "id ana", "silent", "Load test", "1 Jul 2026, 00:00 UTC");
    assertThat(stipend.api("GET", "/api/silences?active=true", "").items()).hasSize(1);

    String end = list.select("tbody a[href$=/end]").attr("href");
    assertThat(admin.page(end).select("main").text()).contains("told when the silence ends");
    assertThat(reader.get(end).status()).isEqualTo(403);
    assertThat(reader.submit(end, Map.of()).status()).isEqualTo(403);
    assertThat(elsewhere.get(end).status()).isEqualTo(404);
    assertThat(elsewhere.submit(end, Map.of()).status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/silences?active=true", "").items()).hasSize(1);
    assertThat(admin.submit(end, Map.of()).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api/silences?active=true", "").items()).isEmpty();
    assertThat(
            stipend.database.rows(
                "SELECT action FROM stipend.audit_logs WHERE action LIKE 'silence.%' ORDER BY at,"
                    + " id"))
        .containsExactly("silence.create", "silence.delete");
  }

  @Test
  void aSilenceNamesItsBudgetAndItsChannel() {
    String budget = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10")).text("id");
    String channel = channel("<b>Mail</b>");
    Document form = admin.page("/silences/new?budgetId=" + budget);
    assertThat(form.select("[name=budgetId]").attr("value")).isEqualTo(budget);
    assertThat(form.select("[name=channelId] option").eachText()).contains("<b>Mail</b>");
    assertThat(
            admin
                .submit(
                    "/silences",
                    Map.of(
                        "budgetId",
                        budget,
                        "channelId",
                        channel,
                        "until",
                        "2026-06-30",
                        "reason",
                        "x"))
                .status())
        .isEqualTo(303);
    Document list = admin.page("/silences");
    assertThat(list.select("tbody th bdi").eachText())
        .containsExactly("budget Test Budget", "channel <b>Mail</b>");
    assertThat(list.select("main b")).isEmpty();
  }

  @Test
  void whatIsWrongStandsBesideItsField() {
    Answer wrong = admin.submit("/silences", Map.of("until", "2020-01-01", "budgetId", "none"));
    assertThat(wrong.status()).isEqualTo(400);
    Document page = Browser.document(wrong);
    assertThat(page.select("[aria-invalid]").eachAttr("name"))
        .contains("budgetId", "until", "reason");
    assertThat(page.select("[id=error-until]").text()).isEqualTo("must be in the future");
    assertThat(page.select("[name=until]").attr("value")).isEqualTo("2020-01-01");
    assertThat(reader.submit("/silences", SILENCE).status()).isEqualTo(403);
    assertThat(reader.get("/silences/new").status()).isEqualTo(403);
    assertThat(reader.page("/silences").select("main form, main a[href$=/new]")).isEmpty();
    assertThat(stipend.api("GET", "/api/silences", "").items()).isEmpty();
  }

  @Test
  void aSummaryIsMadeShownAndEnded() {
    String channel = channel("<b>Mail</b>");
    Answer made =
        admin.submit(
            "/summaries",
            Map.of(
                "every",
                "weekly",
                "weekday",
                "friday",
                "hour",
                "17",
                "timeZone",
                "America/Bogota",
                "channels." + channel,
                "true"));
    assertThat(made.status()).as(made.body()).isEqualTo(303);
    Document list = admin.page("/summaries");
    assertThat(list.select("tbody th").text()).startsWith("every Friday at 17:00 America/Bogota");
    assertThat(list.select("tbody").text()).contains("<b>Mail</b>");
    assertThat(list.select("main b")).isEmpty();
    assertThat(stipend.api("GET", "/api/summaries", "").body())
        .contains("\"weekday\":\"friday\"", "\"hour\":17", channel);

    String end = list.select("tbody a[href$=/end]").attr("href");
    assertThat(admin.page(end).select("main").text()).contains("every Friday at 17:00");
    assertThat(reader.submit(end, Map.of()).status()).isEqualTo(403);
    assertThat(elsewhere.submit(end, Map.of()).status()).isEqualTo(404);
    assertThat(admin.submit(end, Map.of()).status()).isEqualTo(303);
    assertThat(stipend.api("GET", "/api/summaries", "").items()).isEmpty();
    assertThat(
            stipend.database.rows(
                "SELECT action FROM stipend.audit_logs WHERE action LIKE 'summary.%' ORDER BY at,"
                    + " id"))
        .containsExactly("summary.create", "summary.delete");
  }

  @Test
  void aSummaryIsOnlyForChannelsOfItsWorkspaceAndAtTimesThatThereAre() {
    String channel = channel("Mail");
    Map<String, String> summary =
        Map.of("every", "daily", "weekday", "monday", "hour", "x", "channels." + channel, "true");
    Answer wrong = admin.submit("/summaries", summary);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(Browser.document(wrong).select("[aria-invalid]").eachAttr("name"))
        .containsExactly("hour");
    assertThat(Browser.document(wrong).select("[name^=channels][checked]")).hasSize(1);
    Answer foreign =
        elsewhere.submit("/summaries", Map.of("every", "daily", "channels." + channel, "true"));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.body()).doesNotContain("Mail");
    assertThat(reader.submit("/summaries", Map.of("every", "daily")).status()).isEqualTo(403);
    for (String path : List.of("/silences", "/summaries")) {
      assertThat(elsewhere.page(path).select("tbody tr")).isEmpty();
    }
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.summary_schedules"))
        .isEqualTo("0");
    assertThat(admin.submit("/summaries", Map.of("every", "daily", "weekday", "monday")).status())
        .isEqualTo(303);
  }
}
