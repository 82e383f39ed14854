package dev.stipend.scenario.delivery;

import static dev.stipend.scenario.alerting.RaisedAlerts.act;
import static dev.stipend.scenario.alerting.RaisedAlerts.alerts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.database.AlertTables;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `system_alerts` says of an alert, and that it says so when people have acted.
@ExtendWith(StipendExtension.class)
final class TableStandingTest {
  private static final String STANDING =
      """
      SELECT status, acknowledged_at AT TIME ZONE 'UTC', acknowledged_by, resolved_at AT TIME ZONE 'UTC'
      FROM own.system_alerts
      """;

  private final Stipend stipend;
  private AlertTables host;

  @TempDir Path directory;

  TableStandingTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void deploy() {
    host = new AlertTables(stipend, "ai-agent-system", directory);
    host.insert(
        """
        INSERT INTO users (id, username, email, hashed_password) VALUES (7, 'ana', 'ana@example.com', 'x')
        """);
  }

  /// Has an alert of a user raised, which is not delivered yet.
  private String raise(String user) {
    Answer made = host.channel("system_alerts");
    host.grant(made);
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"B","limitAmount":100,"period":"monthly","scope":"user","scopeId":"%s","channels":["%s"],"alertAt":[80]}
        """
            .formatted(user, made.text("id")));
    stipend.record(Usage.costing("e1", SettableClock.START, "80").replace("u1", user));
    return alerts(stipend, "").getFirst();
  }

  @Test
  void theRowSaysWhatTheMessageWould() {
    String alert = raise("7");
    stipend.deliverAlerts();

    assertThat(
            host.database.rows(
                """
                SELECT external_key, alert_type, severity, title, message, user_id, user_budget_id,
                  created_at AT TIME ZONE 'UTC', metadata ->> 'source', metadata ->> 'threshold',
                  metadata ->> 'spend', metadata ->> 'limit', metadata ->> 'budget'
                FROM own.system_alerts
                """))
        .containsExactly(
            alert
                + "|LIMIT_WARNING|warning|Budget \"B\" is at 80 % of $100.00|spend $80.00 reached"
                + " 80 % of $100.00|7|null|2026-06-15 12:00:00|stipend|80|80.00|100.00|B");
    assertThat(host.database.rows(STANDING)).containsExactly("open|null|null|null");
  }

  @Test
  void aUserWhomTheHostDoesNotKnowIsLeftOut() {
    raise("somebody");
    stipend.deliverAlerts();

    assertThat(host.database.rows("SELECT user_id, metadata ->> 'subject' FROM own.system_alerts"))
        .containsExactly("null|somebody");
  }

  @Test
  void theRowIsAcknowledgedAndTakenBackAndResolvedWithItsAlert() {
    String alert = raise("7");
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofMinutes(1));
    act(stipend, alert, "acknowledge", "");
    stipend.deliverAlerts();
    String actor = stipend.database.value("SELECT acknowledged_by FROM stipend.alert_logs LIMIT 1");
    assertThat(host.database.rows(STANDING))
        .containsExactly("acknowledged|2026-06-15 12:01:00|" + actor + "|null");

    act(
        stipend,
        alert,
        "snooze",
        "{\"until\":\"" + SettableClock.START.plus(Duration.ofHours(1)) + "\"}");
    stipend.deliverAlerts();
    assertThat(host.database.rows(STANDING)).containsExactly("open|null|null|null");

    stipend.clock.tick(Duration.ofMinutes(1));
    act(stipend, alert, "acknowledge", "");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(
        Usage.costing("refund", SettableClock.START, "-50")
            .replace("u1", "7")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.deliverAlerts();
    assertThat(host.database.rows(STANDING))
        .containsExactly("resolved|2026-06-15 12:02:00|" + actor + "|2026-06-15 12:03:00");
  }

  @Test
  void whatTheHostHasSetStays() {
    raise("7");
    stipend.deliverAlerts();
    host.database.execute(
        "UPDATE own.system_alerts SET status = 'acknowledged', acknowledged_at = '2026-06-15"
            + " 12:00:30Z', acknowledged_by = 'host'");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(
        Usage.costing("refund", SettableClock.START, "-50")
            .replace("u1", "7")
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
    stipend.deliverAlerts();
    assertThat(host.database.rows(STANDING))
        .containsExactly("resolved|2026-06-15 12:00:30|host|2026-06-15 12:01:00");
  }

  @Test
  void anAlertThatIsAcknowledgedWhileTheHostIsDownIsWrittenAllTheSame() {
    String alert = raise("7");
    String url = host.url();
    stipend.set("alerts.url", url.replaceFirst(":\\d+/", ":" + ClosedPort.find() + "/"));
    stipend.deliverAlerts();
    act(stipend, alert, "acknowledge", "");
    stipend.set("alerts.url", url);
    stipend.clock.tick(Duration.ofMinutes(20));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(host.database.rows("SELECT status FROM own.system_alerts"))
        .containsExactly("acknowledged");
    assertThat(stipend.database.rows("SELECT status FROM stipend.alert_deliveries"))
        .containsExactly("sent", "sent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|config is required",
        "{}|config.preset is required",
        "{\"preset\":\"usage_alerts\"}|config.urlSecret is required",
        "{\"preset\":\"users\",\"urlSecret\":\"ALERTS_URL\"}|config.preset must be one of",
        "{\"preset\":\"usage_alerts\",\"urlSecret\":\"ALERTS_URL\",\"schema\":\"stipend\"}|config.schema"
            + " must not be",
        "{\"preset\":\"usage_alerts\",\"urlSecret\":\"DATABASE_URL\"}|must not name a secret",
        "{\"preset\":\"usage_alerts\",\"urlSecret\":\"STIPEND_SECRET_BETA__URL\"}|another"
            + " workspace",
        "{\"preset\":\"usage_alerts\",\"urlSecret\":\"ALERTS_URL\",\"locale\":\"es\"}|config.locale"
            + " is not a known field"
      })
  void wrongConfigurationIsNamed(String config, String message) {
    String field = config == null ? "" : ",\"config\":" + config;
    Answer answer =
        stipend.api("POST", "/api/channels", "{\"kind\":\"table\",\"name\":\"x\"" + field + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @Test
  void aTableIsNoFallback() {
    Answer answer =
        stipend.api(
            "POST",
            "/api/channels",
            """
            {"kind":"table","name":"x","isFallback":true,"config":{"preset":"usage_alerts","urlSecret":"ALERTS_URL"}}
            """);
    assertThat(answer.text("detail")).contains("isFallback must be false");
  }

  @Test
  void aWorkspaceWritesWithASecretOfItsOwnOnly() {
    Map<String, String> acme = Tenant.key(stipend, "admin", "acme");
    String own = host.secretOf("acme");
    String other = host.secretOf("beta");
    String body =
        "{\"kind\":\"table\",\"name\":\"%1$s\",\"config\":{\"preset\":\"system_alerts\",\"schema\":\"own\",\"urlSecret\":\"%1$s\"}}";
    for (String name : new String[] {"ALERTS_URL", other}) {
      Answer refused = stipend.api("POST", "/api/channels", body.formatted(name), acme);
      assertThat(refused.status()).as(name).isEqualTo(400);
      assertThat(refused.text("detail")).contains("config.urlSecret");
    }
    Answer made = stipend.api("POST", "/api/channels", body.formatted(own), acme);
    assertThat(made.status()).as(made.body()).isEqualTo(201);

    stipend.database.execute(
        "UPDATE stipend.notification_channels SET config = config || '{\"urlSecret\": \"%s\"}'"
            .formatted(other));
    Answer test = stipend.api("POST", "/api/channels/" + made.text("id") + "/test", "", acme);
    assertThat(test.text("error")).contains("urlSecret names a secret of another workspace");
  }
}
