package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.database.AlertTables;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Alerts of users in `usage_alerts`, by the delivery function, from the budget to the row.
@ExtendWith(StipendExtension.class)
final class TableChannelTest {
  private static final String USER = "00000000-0000-0000-0000-0000000000a1";
  private static final String ROWS =
      """
      SELECT "userId", "type", threshold, triggered, "createdAt", "resolvedAt"
      FROM own.usage_alerts
      ORDER BY threshold
      """;
  private static final String DELIVERIES =
      "SELECT purpose, status, last_error FROM stipend.alert_deliveries ORDER BY purpose";

  private final Stipend stipend;
  private AlertTables host;
  private String channel = "";

  @TempDir Path directory;

  TableChannelTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void deploy() {
    host = new AlertTables(stipend, "agents-platform", directory);
    host.insert(
        "INSERT INTO users (id, email, \"updatedAt\") VALUES ('%s', 'a@example.com', now())"
            .formatted(USER));
  }

  private void connect() {
    Answer made = host.channel("usage_alerts");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    channel = made.text("id");
    host.grant(made);
  }

  private void budget(String user) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"B","limitAmount":100,"period":"monthly","scope":"user","scopeId":"%s","channels":["%s"],"alertAt":[80]}
            """
                .formatted(user, channel));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }

  private void spend(String user, String event, String cost) {
    stipend.record(Usage.costing(event, SettableClock.START, cost).replace("u1", user));
  }

  private void refund() {
    stipend.record(
        Usage.costing("refund", SettableClock.START, "-50")
            .replace("u1", USER)
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
  }

  private String alert() {
    Object first = stipend.api("GET", "/api/alerts", "").items().getFirst();
    return String.valueOf(((Map<?, ?>) first).get("id"));
  }

  private static String row(String resolvedAt) {
    return USER + "|LIMIT_WARNING|80|t|2026-06-15 12:00:00|" + resolvedAt;
  }

  @Test
  void anAlertIsOneRowOfItsUserWhichSaysWhenItIsOver() {
    connect();
    budget(USER);
    spend(USER, "e1", "80");
    stipend.deliverAlerts();

    assertThat(host.database.rows(ROWS)).containsExactly(row("null"));
    assertThat(host.database.value("SELECT id FROM own.usage_alerts")).isEqualTo(alert());

    stipend.clock.tick(Duration.ofMinutes(5));
    refund();
    stipend.deliverAlerts();
    assertThat(host.database.rows(ROWS)).containsExactly(row("2026-06-15 12:05:00"));
    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("raised|sent|null", "recovered|sent|null");
  }

  @Test
  void whatIsDeliveredAgainAfterACrashIsThereOnce() {
    connect();
    budget(USER);
    spend(USER, "e1", "80");
    stipend.deliverAlerts();
    stipend.database.execute(
        """
        UPDATE stipend.alert_deliveries
        SET status = 'sending', sent_at = NULL, provider_message_id = NULL, leased_until = next_attempt_at
        """);
    stipend.clock.tick(Duration.ofMinutes(5));
    stipend.sweep();
    assertThat(stipend.deliverAlerts()).isPositive();

    assertThat(stipend.database.rows("SELECT status, attempts FROM stipend.alert_deliveries"))
        .containsExactly("sent|2");
    assertThat(host.database.rows(ROWS)).containsExactly(row("null"));
  }

  @Test
  void theRowOfAPeriodThatHasEndedIsResolved() {
    connect();
    budget(USER);
    spend(USER, "e1", "80");
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofDays(20));
    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(DELIVERIES)).contains("changed|sent|null");
    assertThat(host.database.rows(ROWS)).containsExactly(row("2026-07-05 12:00:00"));
  }

  @Test
  void anAlertWithoutAUserOfTheHostIsSuppressedWithTheReason() {
    connect();
    budget("somebody");
    spend("somebody", "e1", "80");
    stipend.deliverAlerts();

    assertThat(host.database.rows(ROWS)).isEmpty();
    assertThat(stipend.api("GET", "/api/alerts/" + alert(), "").body())
        .contains(
            "\"status\":\"suppressed\"",
            "\"suppressedBy\":\"the host has no user with the id somebody\"");
    assertThat(stipend.api("GET", "/api/channels/" + channel, "").text("health")).isEqualTo("ok");

    stipend.clock.tick(Duration.ofDays(2));
    stipend.sweep();
    assertThat(stipend.deliverAlerts()).isZero();
  }

  @Test
  void anAlertOfATypeThatTheTableDoesNotHaveIsSuppressedWithTheReason() {
    connect();
    budget(USER);
    stipend.record(
        """
        {"eventId":"e1","occurredAt":"%s","userId":"%s","model":"nobody-knows-it","inputTokens":10,"outputTokens":1}
        """
            .formatted(SettableClock.START, USER));
    stipend.deliverAlerts();

    assertThat(stipend.database.rows(DELIVERIES))
        .containsExactly("raised|suppressed|usage_alerts has no type for UNPRICED_USAGE");
    assertThat(host.database.rows(ROWS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTableThatIsGoneOrMayNotBeWrittenMakesTheChannelFailAndTheFallbackHears(boolean isGone) {
    connect();
    budget(USER);
    stipend.api(
        "POST",
        "/api/channels",
        "{\"kind\":\"email\",\"name\":\"Mail\",\"isFallback\":true,\"config\":{\"to\":\"ops@example.com\"}}");
    if (isGone) {
      host.database.execute("DROP TABLE own.usage_alerts");
    } else {
      host.revoke("usage_alerts");
    }
    spend(USER, "e1", "80");
    stipend.deliverAlerts();

    Answer found = stipend.api("GET", "/api/channels/" + channel, "");
    assertThat(found.text("health")).isEqualTo("failing");
    assertThat(found.text("healthReason")).contains("usage_alerts").doesNotContain("writer:");
    assertThat(stipend.database.rows("SELECT purpose, status FROM stipend.alert_deliveries"))
        .containsExactlyInAnyOrder("raised|failed", "undelivered|sent");
  }

  @Test
  void aHostThatIsDownGetsItLater() {
    connect();
    budget(USER);
    String url = host.url();
    stipend.set("alerts.url", url.replaceFirst(":\\d+/", ":" + ClosedPort.find() + "/"));
    spend(USER, "e1", "80");
    stipend.deliverAlerts();
    assertThat(stipend.database.rows("SELECT status FROM stipend.alert_deliveries"))
        .containsExactly("retrying");

    stipend.set("alerts.url", url);
    stipend.clock.tick(Duration.ofMinutes(5));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(host.database.rows(ROWS)).containsExactly(row("null"));
    assertThat(stipend.database.rows(DELIVERIES)).containsExactly("raised|sent|null");
  }

  @Test
  void whatIsMissingIsSaidWithTheStatementsThatGrantIt() {
    Answer made = host.channel("usage_alerts");
    assertThat(made.text("warnings"))
        .contains(
            "GRANT USAGE ON SCHEMA own TO writer_",
            "GRANT INSERT (id, \"userId\", type, threshold, triggered, \"createdAt\") ON"
                + " own.usage_alerts",
            "GRANT UPDATE (\"resolvedAt\") ON own.usage_alerts",
            "GRANT SELECT (id) ON own.users");
    String test = "/api/channels/" + made.text("id") + "/test";
    Answer failed = stipend.api("POST", test, "");
    assertThat(failed.text("outcome")).isEqualTo("failed");
    assertThat(failed.text("error")).contains("GRANT SELECT (id) ON own.users");

    host.grant(made);
    assertThat(stipend.api("POST", test, "").text("outcome")).isEqualTo("sent");
    assertThat(host.database.rows(ROWS)).as("a test leaves nothing").isEmpty();
    assertThat(stipend.api("GET", "/api/channels/" + made.text("id"), "").text("health"))
        .isEqualTo("ok");

    assertThat(made.status()).isEqualTo(201);
    stipend.api("DELETE", "/api/channels/" + made.text("id"), "");
    assertThat(host.channel("usage_alerts").text("warnings")).isEqualTo("[]");
    stipend.api("DELETE", "/api/channels/" + channelNamed("App"), "");
    assertThat(host.channel("system_alerts").text("warnings"))
        .contains("Table own.system_alerts is not there.");
  }

  private String channelNamed(String name) {
    List<?> items = stipend.api("GET", "/api/channels", "").items();
    return items.stream()
        .map(item -> (Map<?, ?>) item)
        .filter(item -> name.equals(item.get("name")))
        .map(item -> String.valueOf(item.get("id")))
        .findFirst()
        .orElseThrow();
  }
}
