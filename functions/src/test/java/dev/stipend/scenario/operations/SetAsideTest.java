package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One row that cannot be read or worked on stops nobody else, of its tenant or another, and is
/// made good when it can be again. Tenant `poisoned` has such rows; everybody is told by mail.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SetAsideTest {
  private static final Instant START = SettableClock.START;
  private static final String POISONED = "poisoned";
  private static final String OTHER = "other";

  private final Stipend stipend =
      new Stipend(
          TestServers.newDatabase(),
          Map.of(
              "smtp.url",
              "smtp://127.0.0.1:" + TestServers.MAIL.getSmtp().getPort(),
              "alert.from.email",
              "alerts@example.com",
              "email.pace",
              "0s"));

  SetAsideTest() {
    // Labels of a newer release, whose migrations this schema has not had.
    stipend.database.execute(
        """
        ALTER TABLE stipend.budgets
          DROP CONSTRAINT budgets_period_check, DROP CONSTRAINT budgets_status_check
        """);
    stipend.database.execute(
        "ALTER TABLE stipend.alert_logs DROP CONSTRAINT alert_logs_type_check");
  }

  @BeforeEach
  void start() throws Exception {
    stipend.clock.set(START);
    stipend.loseAlerts();
    stipend.database.clear();
    TestServers.MAIL.purgeEmailFromAllMailboxes();
  }

  @AfterAll
  void stop() {
    stipend.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"time_zone = 'Mars/Base'", "period = 'fortnightly'", "status = 'dormant'"})
  void aBudgetThatCannotBeReadStopsNobodyElseAndIsHeardOfOnceItCan(String poison) {
    String bad = budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    budget(POISONED, "good", "\"scope\":\"user\",\"scopeId\":\"u2\"");
    budget(OTHER, "others", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    record(POISONED, event("e1", "u1", "12"), event("e2", "u2", "12"));
    record(OTHER, event("e1", "u1", "12"));
    forgetThatTheyWereEvaluated();
    String before = break_(bad, poison);

    assertThat(stipend.sweep()).containsEntry("setAside", 1).doesNotContainKey("failed");

    assertThat(told()).containsExactlyInAnyOrder("good", "others");
    assertThat(stipend.api("GET", "/api/health", "").json().get("setAside"))
        .isEqualTo(Map.of("budget", BigDecimal.ONE));
    assertThat(stipend.sweep()).containsEntry("evaluated", 0).containsEntry("setAside", 1);

    mend(bad, before);
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("evaluated", 1).containsEntry("setAside", 0);
    assertThat(told()).containsExactlyInAnyOrder("good", "others", "bad");
    assertThat(stipend.api("GET", "/api/health", "").body()).doesNotContain("setAside");
  }

  @Test
  void itsPeriodIsClosedLaterAndThoseOfOthersAtOnce() {
    String bad = budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    budget(POISONED, "good", "\"scope\":\"user\",\"scopeId\":\"u2\"");
    budget(OTHER, "others", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    record(POISONED, event("e1", "u1", "1"), event("e2", "u2", "1"));
    record(OTHER, event("e1", "u1", "1"));
    String before = break_(bad, "time_zone = 'Mars/Base'");
    stipend.clock.tick(Duration.ofDays(1));

    assertThat(stipend.sweep()).containsEntry("rolledOver", 2).doesNotContainKey("failed");
    assertThat(open()).contains("bad 2026-06-15");

    mend(bad, before);
    assertThat(stipend.sweep()).containsEntry("rolledOver", 1);
    assertThat(open())
        .containsExactlyInAnyOrder("bad 2026-06-16", "good 2026-06-16", "others 2026-06-16");
  }

  @Test
  void usageIsRecordedAndCountedInItWhenItCanBeRead() {
    String bad = budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    budget(POISONED, "good", "\"scope\":\"agent\",\"scopeId\":\"a1\"");
    record(POISONED, event("e1", "u1", "3"));
    String before = break_(bad, "time_zone = 'Mars/Base'");

    Answer posted =
        stipend.api(
            "POST", "/api/usage", "{\"events\":[" + event("e2", "u1", "4") + "]}", key(POISONED));
    record(POISONED, event("e3", "u1", "5"));

    assertThat(posted.status()).as(posted.body()).isEqualTo(200);
    assertThat(spend("good")).isEqualTo("12.00");
    assertThat(told()).containsExactly("good");

    mend(bad, before);
    stipend.sweep();
    assertThat(spend("bad")).isEqualTo("12.00");
    assertThat(told()).containsExactlyInAnyOrder("good", "bad");
    stipend.maintain("reconcile");
    assertThat(spend("bad")).isEqualTo("12.00");
  }

  @Test
  void listsShowItAsItIsStoredWithWhatIsWrong() {
    String bad = budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    budget(POISONED, "good", "\"scope\":\"user\",\"scopeId\":\"u2\"");
    break_(bad, "time_zone = 'Mars/Base'");

    Answer list = stipend.api("GET", "/api/budgets", "", key(POISONED));
    Answer one = stipend.api("GET", "/api/budgets/" + bad, "", key(POISONED));

    assertThat(list.status()).as(list.body()).isEqualTo(200);
    assertThat(list.items()).hasSize(2);
    assertThat(one.text("error")).contains("Mars/Base");
    assertThat(one.text("status")).isEqualTo("active");
    assertThat(one.text("timeZone")).isEqualTo("Mars/Base");
    assertThat(list.items().contains(one.json())).as(list.body()).isTrue();
    for (String path : List.of("/usage", "/history", "/explain")) {
      Answer answer = stipend.api("GET", "/api/budgets/" + bad + path, "", key(POISONED));
      assertThat(answer.status()).as(path + answer.body()).isEqualTo(409);
      assertThat(answer.text("detail")).contains("bad", "Mars/Base");
    }
    Answer edited =
        stipend.api("PATCH", "/api/budgets/" + bad, "{\"limitAmount\":5}", key(POISONED));
    assertThat(edited.status()).isEqualTo(409);
  }

  @Test
  void aHardLimitThatCannotBeReadRefusesItsOwnWorkOnlyUnlessItIsOpenThen() {
    String bad =
        budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\",\"hardLimit\":true");
    budget(POISONED, "good", "\"scope\":\"agent\",\"scopeId\":\"a1\",\"hardLimit\":true");
    assertThat(reserve("u1").status()).isEqualTo(201);
    break_(bad, "time_zone = 'Mars/Base'");

    Answer closed = reserve("u1");
    assertThat(closed.status()).as(closed.body()).isEqualTo(503);
    assertThat(closed.text("type")).endsWith("/unverified");
    assertThat(closed.text("detail")).contains("bad", bad, "Mars/Base");
    assertThat(validate("u1").status()).isEqualTo(503);
    assertThat(reserve("u2").status()).isEqualTo(201);

    stipend.database.execute(
        "UPDATE stipend.budgets SET on_failure = 'open' WHERE id = '" + bad + "'");
    Answer open = validate("u1");
    assertThat(open.status()).as(open.body()).isEqualTo(200);
    assertThat(open.json().get("allowed")).isEqualTo(true);
    assertThat(open.json().get("verified")).isEqualTo(false);
    assertThat(reserve("u1").status()).isEqualTo(201);
  }

  /// Its counter missed an event meanwhile, so it is as unknown as before until that is made good.
  @Test
  void aHardLimitThatMissedUsageIsNotReliedOnUntilItIsCounted() {
    String bad =
        budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\",\"hardLimit\":true");
    assertThat(reserve("u1").status()).isEqualTo(201);
    String before = break_(bad, "time_zone = 'Mars/Base'");
    record(POISONED, event("e1", "u1", "9.5"));
    mend(bad, before);

    assertThat(reserve("u1").status()).isEqualTo(503);

    stipend.sweep();
    assertThat(reserve("u1").status()).as("1 held, 9.5 spent, 10 allowed").isEqualTo(402);
    assertThat(reserve("u2").status()).isEqualTo(201);
  }

  @Test
  void aSummaryThatCannotBeWrittenStopsNoOther() {
    String bad = summary(POISONED);
    summary(OTHER);
    record(POISONED, event("e1", "u1", "1"));
    record(OTHER, event("e1", "u1", "1"));
    stipend.database.execute(
        "UPDATE stipend.summary_schedules SET time_zone = 'Mars/Base', next_at = next_at - interval"
            + " '1 hour'"
            + " WHERE id = '%s'".formatted(bad));
    stipend.clock.set(Instant.parse("2026-06-16T09:00:00Z"));

    assertThat(stipend.sweep())
        .containsEntry("summaries", 1)
        .containsEntry("setAside", 1)
        .doesNotContainKey("failed");
    stipend.deliverAlerts();
    assertThat(recipients()).containsExactly(OTHER + "@example.com");
    Answer list = stipend.api("GET", "/api/summaries", "", key(POISONED));
    assertThat(list.body()).contains("\"timeZone\":\"Mars/Base\"", "\"error\":\"");

    stipend.database.execute("UPDATE stipend.summary_schedules SET time_zone = 'UTC'");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(recipients())
        .containsExactlyInAnyOrder(OTHER + "@example.com", POISONED + "@example.com");
    assertThat(stipend.sweep()).containsEntry("setAside", 0);
  }

  /// One counter among many of its budget has an alert of a type that this release does not know.
  @Test
  void aCounterThatCannotBeEvaluatedStopsNoOtherOfItsBudget() {
    budget(POISONED, "each", "\"scope\":\"user\",\"scopeId\":\"*\"");
    record(POISONED, event("e1", "u1", "12"), event("e2", "u2", "12"), event("e3", "u3", "12"));
    forgetThatTheyWereEvaluated();
    makeUnreadable("u2");

    assertThat(stipend.sweep()).containsEntry("evaluated", 2).containsEntry("setAside", 1);
    assertThat(raised()).containsExactlyInAnyOrder("u1", "u3");

    assertThat(stipend.sweep()).containsEntry("setAside", 1);
    for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      stipend.clock.tick(Duration.ofMinutes(minutes).minusSeconds(1));
      stipend.sweep();
      int failures = failures();
      stipend.clock.tick(Duration.ofSeconds(1));
      stipend.sweep();
      assertThat(failures()).as("after %s more minutes", minutes).isEqualTo(failures + 1);
    }
    stipend.database.execute("DELETE FROM stipend.alert_logs WHERE type = 'VELOCITY'");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.sweep()).containsEntry("setAside", 0);
    assertThat(raised()).contains("u2");
  }

  @Test
  void itIsTriedAgainAtOnceWhenItsBudgetIsEdited() {
    String each = budget(POISONED, "each", "\"scope\":\"user\",\"scopeId\":\"*\"");
    record(POISONED, event("e1", "u1", "12"), event("e2", "u2", "12"));
    forgetThatTheyWereEvaluated();
    makeUnreadable("u2");
    stipend.sweep();
    stipend.database.execute("DELETE FROM stipend.alert_logs WHERE type = 'VELOCITY'");

    stipend.api("PATCH", "/api/budgets/" + each, "{\"limitAmount\":9}", key(POISONED));

    assertThat(raised()).containsExactlyInAnyOrder("u1", "u2");
    assertThat(stipend.sweep()).containsEntry("setAside", 0);
  }

  /// What is evaluated as soon as it is recorded is no worse off.
  @Test
  void aBatchIsHeardOfAtOnceButForTheCounterToBlame() {
    budget(POISONED, "each", "\"scope\":\"user\",\"scopeId\":\"*\"");
    record(POISONED, event("e1", "u1", "1"), event("e2", "u2", "1"), event("e3", "u3", "1"));
    makeUnreadable("u2");

    record(POISONED, event("e4", "u1", "11"), event("e5", "u2", "11"), event("e6", "u3", "11"));

    assertThat(raised()).containsExactlyInAnyOrder("u1", "u3");
  }

  @Test
  void whereMuchOfABudgetFailsAllOfItIsSetAsideAndNobodyElseWaits() {
    budget(POISONED, "each", "\"scope\":\"user\",\"scopeId\":\"*\"");
    budget(POISONED, "good", "\"scope\":\"agent\",\"scopeId\":\"a1\"");
    budget(OTHER, "others", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    for (int user = 0; user < 60; user++) {
      record(POISONED, event("e" + user, "u" + user, "12"));
    }
    record(OTHER, event("e1", "u1", "12"));
    forgetThatTheyWereEvaluated();
    makeUnreadable("%");

    stipend.sweep();

    assertThat(told()).containsExactlyInAnyOrder("good", "others");
    assertThat(
            stipend.database.rows(
                "SELECT kind, count(*) FROM stipend.set_aside GROUP BY kind ORDER BY kind"))
        .containsExactly("budget|1", "counter|19");
  }

  @Test
  void maintenanceAndRebuildDoTheRest() {
    String bad = budget(POISONED, "bad", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    budget(OTHER, "others", "\"scope\":\"user\",\"scopeId\":\"u1\"");
    record(OTHER, event("e1", "u1", "1"));
    break_(bad, "time_zone = 'Mars/Base'");
    stipend.database.execute("UPDATE stipend.budget_periods SET spend = 7");

    assertThatThrownBy(() -> stipend.maintain("maintain"))
        .hasMessageContainingAll("budgetPeriodDifferences=1", "Mars/Base");
    assertThatThrownBy(() -> stipend.maintain("rebuild")).hasMessageContaining("Mars/Base");

    assertThat(spend("others")).isEqualTo("1.00");
  }

  private String budget(String workspace, String name, String fields) {
    String channel =
        made(
            workspace,
            "channels",
            "{\"name\":\"%1$s\",\"kind\":\"email\",\"config\":{\"to\":\"%1$s@example.com\"}}"
                .formatted(name));
    return made(
        workspace,
        "budgets",
        "{\"name\":\"%s\",\"limitAmount\":10,\"period\":\"daily\",%s,\"channels\":[\"%s\"]}"
            .formatted(name, fields, channel));
  }

  private String summary(String workspace) {
    String channel =
        made(
            workspace,
            "channels",
            "{\"name\":\"%1$s\",\"kind\":\"email\",\"config\":{\"to\":\"%1$s@example.com\"}}"
                .formatted(workspace));
    return made(
        workspace,
        "summaries",
        "{\"every\":\"daily\",\"hour\":9,\"channels\":[\"%s\"]}".formatted(channel));
  }

  private String made(String workspace, String list, String body) {
    Answer made = stipend.api("POST", "/api/" + list, body, key(workspace));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private Map<String, String> key(String workspace) {
    return Tenant.key(stipend, "admin", workspace);
  }

  private void record(String workspace, String... events) {
    assertThat(stipend.recordFor(workspace, events)).isEmpty();
  }

  private static String event(String id, String user, String cost) {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"a1","model":"m","cost":"%s"}\
    """
        .formatted(id, START, user, cost);
  }

  private Answer reserve(String user) {
    return stipend.api("POST", "/api/reservations", work(user), key(POISONED));
  }

  private Answer validate(String user) {
    return stipend.api("POST", "/api/budgets/validate", work(user), key(POISONED));
  }

  private static String work(String user) {
    return "{\"userId\":\"" + user + "\",\"estimatedCost\":\"1\"}";
  }

  /// As if the process had died between recording and evaluating.
  private void forgetThatTheyWereEvaluated() {
    stipend.loseAlerts();
    stipend.database.execute("TRUNCATE stipend.alert_deliveries, stipend.alert_logs");
    stipend.database.execute("UPDATE stipend.budget_periods SET dirty = TRUE");
  }

  /// Answers what undoes it.
  private String break_(String budget, String assignment) {
    String column = assignment.substring(0, assignment.indexOf(' '));
    String before =
        stipend.database.value(
            "SELECT %s FROM stipend.budgets WHERE id = '%s'".formatted(column, budget));
    mend(budget, assignment);
    return "%s = '%s'".formatted(column, before);
  }

  private void mend(String budget, String assignment) {
    stipend.database.execute(
        "UPDATE stipend.budgets SET %s WHERE id = '%s'".formatted(assignment, budget));
  }

  /// Gives the counters of subjects an alert of a type that no release knows.
  private void makeUnreadable(String subjects) {
    stipend.database.execute(
        """
        INSERT INTO stipend.alert_logs (
          workspace_id, id, budget_id, subject, period_start, period_end, type, threshold, severity, state,
          reason, spend, limit_amount, payload, raised_at, resolved_at)
        SELECT c.workspace_id, gen_random_uuid(), c.budget_id, c.subject, c.period_start, c.period_end,
          'VELOCITY', 100, 'warning', 'resolved', 'of a newer release', 0, 0, '{}', '%1$s', '%1$s'
        FROM stipend.budget_periods c
        JOIN stipend.budgets b
          ON b.id = c.budget_id
         AND b.scope_id = '*'
        WHERE c.subject LIKE '%2$s'
        """
            .formatted(START, subjects));
  }

  private List<String> raised() {
    return stipend.database.rows(
        "SELECT DISTINCT subject FROM stipend.alert_logs WHERE type = 'LIMIT_EXCEEDED'");
  }

  private int failures() {
    return Integer.parseInt(stipend.database.value("SELECT failures FROM stipend.set_aside"));
  }

  private String spend(String budget) {
    return stipend.database.value(
        """
        SELECT round(sum(c.spend), 2)
        FROM stipend.budget_periods c
        JOIN stipend.budgets b ON b.id = c.budget_id
        WHERE b.name = '%s'
        """
            .formatted(budget));
  }

  private List<String> open() {
    return stipend.database.rows(
        """
        SELECT b.name || ' ' || to_char(c.period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD')
        FROM stipend.budget_periods c
        JOIN stipend.budgets b ON b.id = c.budget_id
        WHERE c.closed_at IS NULL
        """);
  }

  /// The budgets that somebody was told of, each by its own mailbox.
  private List<String> told() {
    stipend.deliverAlerts();
    return recipients().stream()
        .map(address -> address.replace("@example.com", ""))
        .distinct()
        .toList();
  }

  private static List<String> recipients() {
    return Arrays.stream(TestServers.MAIL.getReceivedMessages())
        .map(SetAsideTest::recipient)
        .toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return String.valueOf(mail.getAllRecipients()[0]);
    } catch (jakarta.mail.MessagingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
