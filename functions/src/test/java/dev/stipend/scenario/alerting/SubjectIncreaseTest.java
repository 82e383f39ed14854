package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.scenario.delivery.slack.SlackPresses;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A limit that is raised for one subject of a budget that counts each id apart.
@ExtendWith(StipendExtension.class)
final class SubjectIncreaseTest {
  private static final Instant START = SettableClock.START;
  private static final Instant TOMORROW = START.plus(Duration.ofDays(1));
  private static final String ALERTS =
      "SELECT subject, threshold, state FROM stipend.alert_logs WHERE threshold = 100"
          + " ORDER BY subject, raised_at";

  private final Stipend stipend;

  SubjectIncreaseTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void theLimitOfThatSubjectAloneIsRaised() {
    String path = create();
    spend("e1", "rosa", "100");
    spend("e2", "bob", "100");
    assertThat(stipend.database.rows(ALERTS))
        .containsExactly("bob|100.000|open", "rosa|100.000|open");

    Answer raised = raise(path, "\"amount\":50,\"subject\":\"rosa\"", TOMORROW);

    assertThat(raised.status()).as(raised.body()).isEqualTo(200);
    assertThat(raised.text("limitInForce")).isEqualTo("100.00");
    assertThat(raised.text("subjectIncreases"))
        .isEqualTo("[{subject=rosa, limitAmount=150.00, until=2026-06-16T12:00:00Z}]");
    assertThat(raised.text("warnings")).isEqualTo("[]");
    assertThat(usage(path, "rosa")).isEqualTo("150.00");
    assertThat(usage(path, "bob")).isEqualTo("100.00");
    assertThat(stipend.database.rows(ALERTS))
        .containsExactly("bob|100.000|open", "rosa|100.000|resolved");
    stipend.clock.tick(Duration.ofSeconds(1));
    spend("e3", "rosa", "49");
    assertThat(stipend.database.rows(ALERTS)).contains("rosa|100.000|resolved").hasSize(2);
    spend("e4", "rosa", "1");
    assertThat(stipend.database.rows(ALERTS))
        .containsExactly("bob|100.000|open", "rosa|100.000|resolved", "rosa|100.000|open");
  }

  @Test
  void workOfThatSubjectAloneIsAdmittedUntilTheEnd() {
    String path = create();
    spend("e1", "rosa", "95");
    spend("e2", "bob", "95");
    assertThat(reserve("rosa", "10")).isEqualTo(402);
    assertThat(reserve("bob", "10")).isEqualTo(402);

    raise(path, "\"amount\":50,\"subject\":\"rosa\"", TOMORROW);

    assertThat(reserve("rosa", "10")).isEqualTo(201);
    assertThat(reserve("bob", "10")).isEqualTo(402);
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/budgets/validate",
                    "{\"userId\":\"rosa\",\"estimatedCost\":\"40\"}")
                .text("budgets"))
        .contains("limitAmount=150.00", "denies=false");

    stipend.clock.set(TOMORROW);
    assertThat(reserve("rosa", "10")).isEqualTo(402);
  }

  @Test
  void theSweepClearsItAndAlertsWhereSpendStoodStill() {
    String path = create();
    raise(path, "\"limitAmount\":200,\"subject\":\"rosa\"", TOMORROW);
    spend("e1", "rosa", "120");
    stipend.sweep();
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.clock.set(TOMORROW);
    stipend.sweep();
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("rosa|100.000|open");
    assertThat(stipend.api("GET", path, "").text("subjectIncreases")).isEqualTo("[]");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_increases"))
        .isEqualTo("0");
    assertThat(stipend.api("GET", path + "/versions", "").items().getFirst().toString())
        .contains("actor=stipend", "changed=[subjectIncreases]");
  }

  /// The period ends with June; no sweep runs before the second of July.
  @ParameterizedTest
  @CsvSource({
    "2026-07-01T12:00:00Z, 150, 150",
    "2026-07-01T00:00:00Z, 150, 100",
    "2026-06-30T23:59:59Z, 100, 100",
  })
  void aClosedPeriodKeepsTheLimitThatWasInForceJustBeforeItsEnd(
      Instant until, String rosa, String next) {
    String path = create();
    spend("e1", "rosa", "10");
    spend("e2", "bob", "10");
    raise(path, "\"amount\":50,\"subject\":\"rosa\"", until);
    stipend.clock.set(Instant.parse("2026-07-01T01:00:00Z"));
    assertThat(usage(path, "rosa")).isEqualTo(next + ".00");
    // An edit before the sweep closes the period: the limit of its end is kept all the same.
    stipend.api("PATCH", path, "{\"limitAmount\":\"10\"}");
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));

    stipend.sweep();

    assertThat(
            stipend.database.rows(
                "SELECT subject, CAST(limit_amount AS integer) FROM stipend.budget_periods WHERE"
                    + " closed_at IS NOT NULL ORDER BY subject"))
        .containsExactly("bob|100", "rosa|" + rosa);
  }

  @Test
  void aRaiseBetweenTheEndOfAPeriodAndItsCloseDoesNotCountForIt() {
    String path = create();
    spend("e1", "rosa", "10");
    spend("e2", "bob", "10");
    stipend.clock.set(Instant.parse("2026-07-01T01:00:00Z"));

    raise(path, "\"amount\":50,\"subject\":\"rosa\"", Instant.parse("2026-07-03T00:00:00Z"));
    stipend.sweep();

    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT CAST(limit_amount AS integer) FROM stipend.budget_periods WHERE"
                    + " closed_at IS NOT NULL"))
        .containsExactly("100");
    spend("e3", "rosa", "120");
    assertThat(usage(path, "rosa")).isEqualTo("150.00");
    assertThat(stipend.database.rows(ALERTS)).isEmpty();
  }

  @Test
  void itEndsWithThePeriodWhereNoEndIsGivenAndThroughADate() {
    String path = create();
    stipend.api("POST", path + "/increase", "{\"amount\":1,\"subject\":\"rosa\",\"reason\":\"r\"}");
    Answer both =
        stipend.api(
            "POST",
            path + "/increase",
            "{\"amount\":2,\"subject\":\"bob\",\"until\":\"2026-06-19\",\"reason\":\"r\"}");

    assertThat(both.text("subjectIncreases"))
        .isEqualTo(
            "[{subject=bob, limitAmount=102.00, until=2026-06-20T00:00:00Z},"
                + " {subject=rosa, limitAmount=101.00, until=2026-07-01T00:00:00Z}]");
  }

  @Test
  void theLimitOfAllIsRaisedWithoutASubject() {
    String path = create();
    raise(path, "\"amount\":10,\"subject\":\"rosa\"", TOMORROW);

    Answer raised = raise(path, "\"amount\":30", TOMORROW);

    assertThat(raised.text("limitInForce")).isEqualTo("130.00");
    assertThat(usage(path, "rosa")).as("the higher of both").isEqualTo("130.00");
  }

  @Test
  void whoeverRaisesForAnIdThatNothingIsRecordedOfIsWarned() {
    String path = create();
    spend("e1", "rosa", "1");

    assertThat(raise(path, "\"amount\":1,\"subject\":\"Rosa\"", TOMORROW).text("warnings"))
        .contains("Nothing is recorded for subject Rosa");
  }

  @Test
  void aBudgetOfOneSubjectHasNoOther() {
    String path =
        "/api/budgets/"
            + stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");

    Answer refused = raise(path, "\"amount\":1,\"subject\":\"rosa\"", TOMORROW);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).isEqualTo("subject must be left out, or be u1");
    assertThat(raise(path, "\"amount\":1,\"subject\":\"u1\"", TOMORROW).text("limitInForce"))
        .isEqualTo("101.00");
  }

  @Test
  void aTotalBudgetWithoutAnEndNeedsOneForTheIncrease() {
    String path =
        "/api/budgets/"
            + stipend
                .api(
                    "POST",
                    "/api/budgets",
                    "{\"name\":\"T\",\"limitAmount\":1,\"period\":\"total\",\"scope\":\"user\",\"scopeId\":\"*\"}")
                .text("id");

    Answer refused = stipend.api("POST", path + "/increase", "{\"amount\":1,\"reason\":\"r\"}");

    assertThat(refused.text("detail")).startsWith("until is required");
  }

  @Test
  void anEditOfAnotherTermKeepsIt() {
    String path = create();
    raise(path, "\"amount\":1,\"subject\":\"rosa\"", TOMORROW);

    assertThat(
            stipend
                .api("PATCH", path, "{\"name\":\"Renamed\",\"alertAt\":[90]}")
                .text("subjectIncreases"))
        .contains("subject=rosa");
    stipend.api("DELETE", path, "");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_increases"))
        .isEqualTo("0");
  }

  @Test
  void slackRaisesTheLimitOfTheAlertsSubject() throws Exception {
    stipend.set("slack.signing.secret", SlackPresses.SECRET);
    for (String method : List.of("chat.update", "views.open", "chat.postEphemeral")) {
      SlackApi.answer(method, "{\"ok\":true}");
    }
    SlackApi.postsGet(SlackApi.PLACE, SlackPresses.TS);
    String channel =
        SlackApi.channel(stipend, "Bot", SlackApi.PLACE, ",\"raiseMembers\":\"U0ANA\"");
    String path = create();
    stipend.api("PATCH", path, "{\"channels\":[\"%s\"]}".formatted(channel));
    spend("e1", "rosa", "80");
    stipend.deliverAlerts();
    SlackPresses slack = new SlackPresses(stipend) {};
    String ticket =
        String.valueOf(SlackApi.calls("chat.postMessage").getFirst().get("blocks"))
            .replaceAll("(?s).*\"action_id\":\"raise\"[^}]*?\"value\":\"([^\"]+)\".*", "$1");

    slack.send(SlackPresses.body("raise", ticket, SlackApi.PLACE, SlackPresses.TS));
    stipend.clock.tick(Duration.ofSeconds(1));
    slack.submit(ticket, "launch");

    assertThat(SlackApi.calls("views.open").getFirst().get("view"))
        .contains("Each (rosa): from $100.00 to $120.00");
    assertThat(usage(path, "rosa")).isEqualTo("120.00");
    assertThat(usage(path, "bob")).isEqualTo("100.00");
  }

  @Test
  void aCounterThatIsMadeAgainHasTheLimitOfItsSubject() {
    String path = create();
    spend("e1", "rosa", "20");
    spend("e2", "bob", "20");
    raise(path, "\"amount\":50,\"subject\":\"rosa\"", TOMORROW);
    stipend.database.execute("DELETE FROM stipend.budget_periods WHERE spend > 0");

    stipend.maintain("reconcile");

    assertThat(
            stipend.database.rows(
                "SELECT subject, limit_amount, spend FROM stipend.budget_periods WHERE spend > 0"
                    + " ORDER BY subject"))
        .containsExactly(
            "bob|100.000000000000|20.000000000000", "rosa|150.000000000000|20.000000000000");
  }

  private String create() {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"Each\",\"limitAmount\":100,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\",\"hardLimit\":true}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/api/budgets/" + made.text("id");
  }

  private void spend(String event, String user, String cost) {
    stipend.record(
        Usage.costing(event, stipend.clock.instant(), cost).replace("\"u1\"", "\"" + user + "\""));
  }

  private String usage(String path, String subject) {
    return stipend.api("GET", path + "/usage?subject=" + subject, "").text("limitAmount");
  }

  private int reserve(String user, String cost) {
    return stipend
        .api(
            "POST",
            "/api/reservations",
            "{\"userId\":\"%s\",\"estimatedCost\":\"%s\"}".formatted(user, cost))
        .status();
  }

  private Answer raise(String path, String fields, Instant until) {
    return stipend.api(
        "POST",
        path + "/increase",
        "{%s,\"until\":\"%s\",\"reason\":\"launch\"}".formatted(fields, until));
  }
}
