package dev.stipend.scenario.delivery.silence;

import static dev.stipend.scenario.delivery.silence.Silenced.DELIVERIES;
import static dev.stipend.scenario.delivery.silence.Silenced.budget;
import static dev.stipend.scenario.delivery.silence.Silenced.silence;
import static dev.stipend.scenario.delivery.silence.Silenced.spend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Silences: what they keep from people, and what people hear when they end.
@ExtendWith(StipendExtension.class)
final class SilencesTest {
  private static final Instant START = SettableClock.START;

  @Test
  void silenceSuppressesDeliveryAndLogsTheAlert(Stipend stipend) {
    budget(stipend);
    String id = silence(stipend, "\"scope\":\"user\",\"scopeId\":\"u1\"", 60).text("id");

    spend(stipend, "e1", "80");
    stipend.deliverAlerts();

    assertThat(stipend.database.rows("SELECT threshold, state FROM stipend.alert_logs"))
        .containsExactly("80.000|open");
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly(
            "email|80.000|raised|suppressed", "slack_webhook|80.000|raised|suppressed");
    assertThat(stipend.api("GET", "/api/alerts", "").body())
        .contains("silence " + id, "night shift");
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void alertThatIsStillOpenWhenItsSilenceEndsIsDeliveredOnce(Stipend stipend) {
    budget(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "80");
    stipend.clock.tick(Duration.ofMinutes(59));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();

    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("reminded", 1);
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);

    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.sweep()).containsEntry("reminded", 0);
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("email|80.000|raised|sent", "slack_webhook|80.000|raised|sent");
  }

  @Test
  void aSilenceThatEndsWhileItsBudgetIsPausedIsDeliveredOnceItGoesOn(Stipend stipend) {
    String path = "/api/budgets/" + budget(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "80");
    stipend.api("PATCH", path, "{\"status\":\"paused\"}");
    stipend.clock.tick(Duration.ofHours(2));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();

    stipend.api("PATCH", path, "{\"status\":\"active\"}");
    stipend.clock.tick(Duration.ofMinutes(15));
    for (int again = 0; again < 2; again++) {
      stipend.sweep();
      stipend.deliverAlerts();
      assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    }
  }

  @Test
  void whatIsDeliveredAfterASilenceHasTheFiguresOfThen(Stipend stipend) {
    budget(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "80");
    spend(stipend, "e2", "9.5");
    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();

    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT payload -> 'spend' ->> 'amount' FROM stipend.alert_deliveries"))
        .containsExactly("89.50");
  }

  @Test
  void alertThatIsOverWhenItsSilenceEndsIsNeverDelivered(Stipend stipend) {
    budget(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    spend(stipend, "e1", "80");
    stipend.record(
        Usage.costing("r1", START, "-20").replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.clock.tick(Duration.ofHours(2));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(stipend.database.rows("SELECT state FROM stipend.alert_logs"))
        .containsExactly("resolved");
    assertThat(stipend.database.rows(DELIVERIES))
        .as("nobody was told, so nobody hears of the recovery")
        .containsExactly(
            "email|80.000|raised|suppressed", "slack_webhook|80.000|raised|suppressed");
    assertThat(stipend.sweep()).containsEntry("reminded", 0);
  }

  @Test
  void deletedSilenceEndsWithTheNextSweep(Stipend stipend) {
    budget(stipend);
    String id = silence(stipend, "\"scope\":\"user\"", 60).text("id");
    spend(stipend, "e1", "80");

    assertThat(stipend.api("DELETE", "/api/silences/" + id, "").status()).isEqualTo(204);
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void silenceThatIsShortenedEndsThen(Stipend stipend) {
    budget(stipend);
    String id = silence(stipend, "\"scope\":\"user\"", 60).text("id");
    spend(stipend, "e1", "80");

    stipend.api(
        "PATCH",
        "/api/silences/" + id,
        "{\"until\":\"%s\"}".formatted(START.plus(Duration.ofMinutes(10))));
    stipend.sweep();
    stipend.clock.tick(Duration.ofMinutes(10));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void ofTwoSilencesTheOneThatLastsLongerCounts(Stipend stipend) {
    budget(stipend);
    silence(stipend, "\"scope\":\"user\"", 60);
    String longer = silence(stipend, "\"scopeId\":\"u1\"", 120).text("id");
    spend(stipend, "e1", "80");
    stipend.clock.tick(Duration.ofMinutes(60));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();

    stipend.api("DELETE", "/api/silences/" + longer, "");
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void silenceBeginsWhenItSays(Stipend stipend) {
    budget(stipend);
    Answer made =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"scope\":\"user\",\"from\":\"%s\",\"until\":\"%s\",\"reason\":\"later\"}"
                .formatted(START.plusSeconds(60), START.plusSeconds(120)));
    assertThat(made.text("active")).isEqualTo("false");
    spend(stipend, "e1", "80");
    assertThat(stipend.database.rows("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .containsExactly("pending");

    stipend.clock.tick(Duration.ofSeconds(60));
    spend(stipend, "e2", "20");

    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT d.status FROM stipend.alert_deliveries d JOIN stipend.alert_logs a"
                    + " ON a.id = d.alert_id WHERE a.threshold = 100"))
        .containsExactly("suppressed");
  }

  @Test
  void listShowsAllOrOnlyTheActive(Stipend stipend) {
    String one = silence(stipend, "\"scope\":\"user\"", 10).text("id");
    stipend.clock.tick(Duration.ofMinutes(5));
    String two = silence(stipend, "\"scope\":\"team\"", 10).text("id");
    stipend.clock.tick(Duration.ofMinutes(5));

    assertThat(ids(stipend.api("GET", "/api/silences", ""))).containsExactly(two, one);
    assertThat(ids(stipend.api("GET", "/api/silences?active=true", ""))).containsExactly(two);
    assertThat(stipend.api("GET", "/api/silences/" + one, "").text("active")).isEqualTo("false");
    assertThat(stipend.api("GET", "/api/silences?active=maybe", "").status()).isEqualTo(400);
    Answer first = stipend.api("GET", "/api/silences?limit=1", "");
    assertThat(
            ids(stipend.api("GET", "/api/silences?limit=1&cursor=" + first.text("nextCursor"), "")))
        .containsExactly(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|until is required",
        "{}|reason is required",
        "{\"until\":\"2099-01-01T00:00:00Z\",\"reason\":\"x\"}|scope is required, or scopeId",
        "{\"scope\":\"user\",\"until\":\"2099-01-01T00:00:00Z\"}|until must be within a year",
        "{\"scope\":\"user\",\"until\":\"2001-01-01T00:00:00Z\"}|until must be",
        "{\"scope\":\"user\",\"until\":\"+999999999-01-01T00:00:00Z\"}|until must be within the"
            + " years 1",
        "{\"scope\":\"user\",\"until\":\"tomorrow\"}|until must be a date such as",
        "{\"budgetId\":\"00000000-0000-0000-0000-000000000009\"}|budgetId must be the id of a"
            + " budget",
        "{\"channelId\":\"x\"}|channelId must be the id or the exact name of a channel",
        "{\"scope\":\"planet\"}|scope must be one of workspace, user",
        "{\"who\":1}|who is not a known field"
      })
  void wrongFieldIsNamed(String body, String message, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/silences", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
    assertThat(stipend.database.rows("SELECT id FROM stipend.silences")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-06-15T11:59:59Z|must be in the future",
        "2026-06-14|must be in the future",
        "2027-06-18|must be within a year from now",
        "2026-02-30|must be a date such as 2026-03-01, or an ISO 8601 time with an offset, such as"
            + " 2026-03-01T09:30:00Z",
      })
  void aWrongEndIsToldOnce(String until, String message, Stipend stipend) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"scope\":\"user\",\"until\":\"%s\",\"reason\":\"x\"}".formatted(until));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo("until " + message);
  }

  @Test
  void aDateMeansThroughItsEndWhereTheBudgetIsElseTheWorkspace(Stipend stipend) {
    String budget =
        stipend
            .api(
                "POST",
                "/api/budgets",
                """
                {"name":"Tokyo","limitAmount":1,"period":"daily","scope":"user","scopeId":"u1",
                 "timeZone":"Asia/Tokyo"}
                """)
            .text("id");

    assertThat(lasts(stipend, "\"scope\":\"user\"")).isEqualTo("2026-06-16T00:00:00Z");
    assertThat(lasts(stipend, "\"budgetId\":\"" + budget + "\"")).isEqualTo("2026-06-15T15:00:00Z");
  }

  private static String lasts(Stipend stipend, String matcher) {
    return stipend
        .api(
            "POST",
            "/api/silences",
            "{%s,\"until\":\"2026-06-15\",\"reason\":\"x\"}".formatted(matcher))
        .text("until");
  }

  @Test
  void fromADateIsItsStart(Stipend stipend) {
    Answer made =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"scope\":\"user\",\"from\":\"2026-06-20\",\"until\":\"2026-06-20\",\"reason\":\"x\"}");

    assertThat(made.text("from") + " " + made.text("until"))
        .isEqualTo("2026-06-20T00:00:00Z 2026-06-21T00:00:00Z");
  }

  @Test
  void silencesOfAnotherWorkspaceAreNotThere(Stipend stipend) {
    String budget = budget(stipend);
    String path = "/api/silences/" + silence(stipend, "\"scope\":\"user\"", 60).text("id");
    Map<String, String> other = Tenant.key(stipend, "admin", "other");

    assertThat(stipend.api("GET", path, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("PATCH", path, "{\"reason\":\"mine\"}", other).status()).isEqualTo(404);
    assertThat(stipend.api("DELETE", path, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/silences", "", other).items()).isEmpty();
    Answer foreign =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"budgetId\":\"%s\",\"until\":\"%s\",\"reason\":\"x\"}"
                .formatted(budget, START.plusSeconds(60)),
            other);
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(stipend.api("GET", path, "").text("reason")).isEqualTo("night shift");
  }

  private static List<String> ids(Answer page) {
    return page.items().stream().map(item -> String.valueOf(((Map<?, ?>) item).get("id"))).toList();
  }
}
