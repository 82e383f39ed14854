package dev.stipend.scenario.console;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people see of channels, and how they try them.
@ExtendWith(StipendExtension.class)
final class ChannelPagesTest {
  private final Stipend stipend;
  private final Browser admin;

  ChannelPagesTest(Stipend stipend) {
    this.stipend = stipend;
    this.admin = Browser.ofAdmin(stipend);
  }

  private String make(String name) {
    stipend.set("team.slack.url", TestServers.HTTP.baseUrl() + "/console-hook");
    Answer made =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"slack_webhook\",\"name\":\"%s\",\"config\":{\"urlSecret\":\"TEAM_SLACK_URL\"},\"isDefault\":true}"
                .formatted(name));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return stipend.database.value(
        "SELECT id FROM stipend.notification_channels ORDER BY created_at DESC LIMIT 1");
  }

  private Document tested(String id, int status) {
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/console-hook"))
            .willReturn(aResponse().withStatus(status).withBody("ok")));
    Answer answer = admin.submit("/channels/" + id + "/test", Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Browser.document(answer);
  }

  @Test
  void aTestSaysAtOnceWhetherItArrivedAndIsWrittenDown() {
    String id = make("Team");
    assertThat(tested(id, 200).select("[role=status]").text()).isEqualTo("\u2713");
    assertThat(admin.page("/channels").select("tbody").text())
        .contains("Team", "default", "slack webhook", "TEAM_SLACK_URL", "works");

    Document failed = tested(id, 404);
    assertThat(failed.select("[role=status]").text()).isEqualTo("\u2717");
    assertThat(failed.select("tbody").text()).contains("The test was not sent");
    assertThat(admin.page("/channels").select(".badge.over").text()).isEqualTo("failing");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'channel.test'"))
        .isEqualTo("2");
  }

  @Test
  void whoMayOnlyReadCannotSend() {
    String id = make("<i>x</i>");
    String key =
        stipend
            .api("POST", "/api/keys", "{\"name\":\"looks\",\"role\":\"read\"}")
            .body()
            .replaceFirst("(?s).*\"key\":\"([^\"]+)\".*", "$1");
    Browser reader = new Browser(stipend);
    reader.signIn(key);
    Document page = reader.page("/channels");
    assertThat(page.select("main form, main i")).isEmpty();
    assertThat(page.text()).contains("<i>x</i>");
    assertThat(reader.submit("/channels/" + id + "/test", Map.of()).status()).isEqualTo(403);
    assertThat(admin.submit("/channels/none/test", Map.of()).status()).isEqualTo(404);
  }
}
