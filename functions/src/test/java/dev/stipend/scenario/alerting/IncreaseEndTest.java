package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Increases that are ended before their time.
@ExtendWith(StipendExtension.class)
final class IncreaseEndTest {
  private static final Instant TOMORROW = SettableClock.START.plus(Duration.ofDays(1));

  private final Stipend stipend;

  IncreaseEndTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void theLimitFallsBackAtOnceAndSoDoWhatIsAdmittedAndAlerts() {
    String path = create("ana");
    stipend.record(usage("ana", "e1", "105"));
    increase(path, "\"amount\":50");
    assertThat(admits("ana")).isTrue();
    assertThat(open()).isEqualTo("0");
    stipend.clock.tick(Duration.ofMinutes(1));

    Answer ended = stipend.api("DELETE", path + "/increase", "");

    assertThat(ended.status()).as(ended.body()).isEqualTo(200);
    assertThat(ended.text("limitInForce")).isEqualTo("100.00");
    assertThat(ended.text("increase")).isEqualTo("null");
    assertThat(ended.header("etag")).isEqualTo("\"3\"");
    assertThat(admits("ana")).isFalse();
    assertThat(open()).isEqualTo("1");
    assertThat(
            stipend.database.value(
                "SELECT before ->> 'increase' IS NOT NULL, after ->> 'increase' IS NULL FROM"
                    + " stipend.audit_logs WHERE action = 'budget.increase-undo'"))
        .isEqualTo("t|t");
  }

  @Test
  void thatOfOneSubjectEndsAlone() {
    String path = create("*");
    increase(path, "\"amount\":50,\"subject\":\"ana\"");
    increase(path, "\"amount\":60,\"subject\":\"bea\"");
    increase(path, "\"amount\":10");

    Answer ended = stipend.api("DELETE", path + "/increase?subject=ana", "");

    assertThat(ended.text("subjectIncreases"))
        .contains("subject=bea", "160.00")
        .doesNotContain("ana");
    assertThat(ended.text("limitInForce")).isEqualTo("110.00");
    assertThat(stipend.api("DELETE", path + "/increase", "").text("limitInForce"))
        .isEqualTo("100.00");
  }

  @Test
  void whatDoesNotRunCannotBeEnded() {
    String path = create("ana");
    assertThat(stipend.api("DELETE", path + "/increase", "").status()).isEqualTo(404);
    increase(path, "\"amount\":50");
    assertThat(stipend.api("DELETE", path + "/increase?subject=bea", "").status()).isEqualTo(400);
    assertThat(stipend.api("DELETE", path + "/increase?subject=ana", "").status()).isEqualTo(200);
    increase(path, "\"amount\":50");
    stipend.clock.set(TOMORROW);
    assertThat(stipend.api("DELETE", path + "/increase", "").status()).isEqualTo(404);
    assertThat(stipend.api("GET", path, "").text("version")).isEqualTo("4");
  }

  @Test
  void onlyAnAdminOfTheWorkspaceEndsOneAndOnlyTheVersionThatWasRead() {
    String path = create("ana");
    increase(path, "\"amount\":50");
    assertThat(
            stipend
                .api("DELETE", path + "/increase", "", Tenant.key(stipend, "read", "default"))
                .status())
        .isEqualTo(403);
    assertThat(
            stipend
                .api("DELETE", path + "/increase", "", Tenant.key(stipend, "admin", "elsewhere"))
                .status())
        .isEqualTo(404);
    Map<String, String> headers = new HashMap<>(Map.of("x-api-key", Stipend.ADMIN_KEY));
    headers.put("if-match", "\"1\"");
    assertThat(stipend.api("DELETE", path + "/increase", "", headers).status()).isEqualTo(412);
    headers.put("if-match", "\"2\"");
    headers.put("idempotency-key", "once");
    assertThat(stipend.api("DELETE", path + "/increase", "", headers).status()).isEqualTo(200);
    assertThat(stipend.api("DELETE", path + "/increase", "", headers).status())
        .as("sent again")
        .isEqualTo(200);
  }

  private String create(String scopeId) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"B\",\"limitAmount\":100,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"%s\",\"alertAt\":[100],\"hardLimit\":true}"
                .formatted(scopeId));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return "/api/budgets/" + made.text("id");
  }

  private void increase(String path, String fields) {
    Answer raised =
        stipend.api(
            "POST",
            path + "/increase",
            "{%s,\"until\":\"%s\",\"reason\":\"launch\"}".formatted(fields, TOMORROW));
    assertThat(raised.status()).as(raised.body()).isEqualTo(200);
  }

  private boolean admits(String user) {
    return stipend
        .api(
            "POST",
            "/api/budgets/validate",
            "{\"userId\":\"%s\",\"estimatedCost\":\"1\"}".formatted(user))
        .text("allowed")
        .equals("true");
  }

  private String open() {
    return stipend.database.value("SELECT count(*) FROM stipend.alert_logs WHERE state = 'open'");
  }

  private static String usage(String user, String id, String cost) {
    return Usage.costing(id, SettableClock.START, cost).replace("\"u1\"", "\"" + user + "\"");
  }
}
