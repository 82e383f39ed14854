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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a silence is about, and what it leaves alone.
@ExtendWith(StipendExtension.class)
final class SilenceMatchersTest {
  private static final Instant START = SettableClock.START;

  @Test
  void silenceOfAChannelLeavesTheOthersAlone(Stipend stipend) {
    budget(stipend);
    String slack =
        stipend.database.value(
            "SELECT id FROM stipend.notification_channels WHERE kind = 'slack_webhook'");
    silence(stipend, "\"channelId\":\"" + slack + "\"", 60);
    spend(stipend, "e1", "80");
    stipend.deliverAlerts();
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("email|80.000|raised|sent", "slack_webhook|80.000|raised|suppressed");

    stipend.clock.tick(Duration.ofHours(1));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).as("told already").hasSize(1);
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("email|80.000|raised|sent", "slack_webhook|80.000|raised|sent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"scope\":\"user\"|true",
        "\"scope\":\"team\"|false",
        "\"scopeId\":\"u1\"|true",
        "\"scopeId\":\"u2\"|false",
        "\"scope\":\"user\",\"scopeId\":\"u1\"|true",
        "\"scope\":\"agent\",\"scopeId\":\"u1\"|false",
        "\"scope\":\"workspace\"|true",
        "\"scope\":\"workspace\",\"scopeId\":\"default\"|true"
      })
  void everyPartOfTheMatcherHasToFit(String matcher, boolean silent, Stipend stipend) {
    budget(stipend);
    silence(stipend, matcher, 60);
    spend(stipend, "e1", "80");

    assertThat(stipend.database.rows("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .containsExactly(silent ? "suppressed" : "pending");
  }

  @Test
  void silenceOfTheWorkspaceSilencesEverythingInIt(Stipend stipend) {
    for (String scope :
        List.of(
            "\"scope\":\"workspace\"",
            "\"scope\":\"user\",\"scopeId\":\"*\"",
            "\"scope\":\"agent\",\"scopeId\":\"a1\"",
            "\"scope\":\"model\",\"scopeId\":\"gpt-4o\"")) {
      stipend.api(
          "POST",
          "/api/budgets",
          "{\"name\":\"B\",\"limitAmount\":10,\"period\":\"daily\",%s}".formatted(scope));
    }
    silence(stipend, "\"scope\":\"workspace\"", 60);
    spend(stipend, "e1", "12");
    stipend.deliverAlerts();

    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_logs")).isNotEqualTo("0");
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
    assertThat(stipend.database.rows("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .containsExactly("suppressed");
  }

  @Test
  void aSilenceOfTheWorkspaceNamesNoOtherId(Stipend stipend) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"scope\":\"workspace\",\"scopeId\":\"a1\",\"until\":\"2026-06-16\",\"reason\":\"x\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).startsWith("scopeId must be left out");
  }

  @Test
  void silenceOfABudgetLeavesOtherBudgetsAlone(Stipend stipend) {
    String one = budget(stipend);
    budget(stipend);
    silence(stipend, "\"budgetId\":\"" + one + "\"", 60);
    spend(stipend, "e1", "80");

    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT a.budget_id = '%s', d.status FROM stipend.alert_deliveries d JOIN stipend.alert_logs a ON a.id = d.alert_id ORDER BY 1"
                    .formatted(one)))
        .containsExactly("f|pending", "t|suppressed");
  }

  @Test
  void silenceOfASubjectFitsItsCounterOfABudgetOverEach(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"Each\",\"limitAmount\":10,\"period\":\"daily\",\"scope\":\"user\",\"scopeId\":\"*\"}");
    silence(stipend, "\"scopeId\":\"u1\"", 60);
    stipend.record(
        Usage.costing("e1", START, "8"),
        Usage.costing("e2", START, "8").replace("\"u1\"", "\"u2\""));

    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT a.subject, d.status FROM stipend.alert_deliveries d JOIN"
                    + " stipend.alert_logs a ON a.id = d.alert_id ORDER BY 1"))
        .containsExactly("u1|suppressed", "u2|pending");
  }

  @Test
  void silenceOfAnotherWorkspaceSilencesNothingHere(Stipend stipend) {
    budget(stipend);
    stipend.api(
        "POST",
        "/api/silences",
        "{\"scope\":\"user\",\"until\":\"%s\",\"reason\":\"x\"}".formatted(START.plusSeconds(60)),
        Tenant.key(stipend, "admin", "other"));
    stipend.recordFor("default", Usage.costing("e1", START, "80"));

    assertThat(stipend.database.rows("SELECT DISTINCT status FROM stipend.alert_deliveries"))
        .containsExactly("pending");
  }
}
