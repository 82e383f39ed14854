package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
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
import org.junit.jupiter.params.provider.ValueSource;

/// Edits of budgets over the API.
@ExtendWith(StipendExtension.class)
class BudgetEditsTest {
  private static final Instant START = SettableClock.START;

  @Test
  void editedFieldsAreShownAndTheRestStays(Stipend stipend) {
    String path = create(stipend, "100");

    Answer patched =
        stipend.api(
            "PATCH",
            path,
            """
            {"name":"Renamed","limitAmount":"250.5","alertAt":[50,90.5],"hardLimit":true,"onFailure":"open","status":"paused"}
            """);

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.header("etag")).isEqualTo("\"2\"");
    Answer read = stipend.api("GET", path, "");
    assertThat(read.body()).isEqualTo(patched.body());
    assertThat(read.header("etag")).isEqualTo("\"2\"");
    assertThat(read.text("name")).isEqualTo("Renamed");
    assertThat(read.text("limitAmount")).isEqualTo("250.50");
    assertThat(read.text("limitInForce")).isEqualTo("250.50");
    assertThat(read.text("hardLimit")).isEqualTo("true");
    assertThat(read.text("onFailure")).isEqualTo("open");
    assertThat(read.text("status")).isEqualTo("paused");
    assertThat(read.text("period")).isEqualTo("monthly");
    assertThat(read.text("thresholds")).contains("percent=50,").contains("percent=90.5,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"period":"daily"}              | period
          {"scope":"agent"}               | scope
          {"scopeId":"u2"}                | scopeId
          {"timeZone":"Europe/Berlin"}    | timeZone
          {"weekStart":"monday"}          | weekStart
          {"anchorDay":3}                 | anchorDay
          {"anchorMonth":3}               | anchorMonth
          {"startsAt":"2026-01-01T00:00:00Z"} | startsAt
          """)
  void whatDecidesTheUsageThatCountsCannotBeEdited(String body, String field, Stipend stipend) {
    String path = create(stipend, "100");

    Answer refused = stipend.api("PATCH", path, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors"))
        .contains("field=" + field + ",")
        .contains("make a new budget instead");
    assertThat(stipend.api("GET", path, "").header("etag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"limitAmount":-1}                     | limitAmount
          {"limitAmount":"lots"}                 | limitAmount
          {"name":""}                            | name
          {"name":7}                             | name
          {"status":"archived"}                  | status
          {"status":"asleep"}                    | status
          {"endsAt":"2027-01-01T00:00:00Z"}      | endsAt
          {"channels":["nobody"]}                | channels[0]
          {"channels":["00000000-0000-0000-0000-000000000001"]} | channels[0]
          {"alertAt":80,"thresholds":[]}         | alertAt
          {"thresholds":[{"percent":0}]}         | thresholds[0].percent
          {"colour":"red"}                       | colour
          """)
  void wrongFieldIsNamedAndNothingChanges(String body, String field, Stipend stipend) {
    String path = create(stipend, "100");

    Answer refused = stipend.api("PATCH", path, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors")).contains("field=" + field + ",");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(1);
  }

  @Test
  void everyEditIsAVersionWithWhatChangedAndAnEntryInTheAuditLog(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", path, "{\"name\":\"Renamed\",\"limitAmount\":\"120\"}");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("PATCH", path, "{\"alertAt\":[70]}");

    List<?> versions = stipend.api("GET", path + "/versions", "").items();

    assertThat(versions).extracting(each -> field(each, "version")).containsExactly("3", "2", "1");
    assertThat(versions)
        .extracting(each -> field(each, "changed"))
        .containsExactly("[thresholds]", "[limitAmount, name]", "[]");
    assertThat(versions.get(1).toString())
        .contains("limitAmount=100.00")
        .contains("limitAmount=120.00")
        .contains("at=2026-06-15T12:01:00Z");
    assertThat(field(versions.get(1), "actor")).startsWith("key ");
    assertThat(field(versions.get(2), "before")).isEqualTo("null");
    assertThat(
            stipend.database.rows(
                """
                SELECT a.action, a.before ->> 'limitAmount', a.after ->> 'limitAmount', a.actor = v.actor
                FROM stipend.audit_logs a
                JOIN stipend.budget_versions v ON a.target = 'budget ' || v.budget_id AND a.at = v.at
                ORDER BY a.at
                """))
        .containsExactly(
            "budget.create|null|100.00|t",
            "budget.update|100.00|120.00|t",
            "budget.update|120.00|120.00|t");
  }

  @Test
  void versionsComeInPages(Stipend stipend) {
    String path = create(stipend, "100");
    for (int i = 1; i <= 4; i++) {
      stipend.api("PATCH", path, "{\"limitAmount\":" + (100 + i) + "}");
    }

    Answer first = stipend.api("GET", path + "/versions?limit=3", "");
    Answer second =
        stipend.api("GET", path + "/versions?limit=3&cursor=" + first.text("nextCursor"), "");

    assertThat(first.items())
        .extracting(each -> field(each, "version"))
        .containsExactly("5", "4", "3");
    assertThat(second.items()).extracting(each -> field(each, "version")).containsExactly("2", "1");
    assertThat(second.text("nextCursor")).isEqualTo("null");
    assertThat(stipend.api("GET", path + "/versions?cursor=x", "").status()).isEqualTo(400);
  }

  @Test
  void editThatChangesNothingIsNoVersion(Stipend stipend) {
    String path = create(stipend, "100");

    Answer same = stipend.api("PATCH", path, "{\"limitAmount\":\"100.00\",\"alertAt\":[100,80]}");

    assertThat(same.status()).isEqualTo(200);
    assertThat(same.header("etag")).isEqualTo("\"1\"");
    assertThat(stipend.api("PATCH", path, "{}").header("etag")).isEqualTo("\"1\"");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(1);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.audit_logs")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "1"           | 200
          *             | 200
          "7", "1"      | 200
          "2"           | 412
          "other"       | 412
          W/"1"         | 412
          1             | 400
          "1            | 400
          "1" "2"       | 400
          """)
  void editIsDoneOnlyOnAVersionThatIsExpected(String tag, int status, Stipend stipend) {
    String path = create(stipend, "100");

    Answer answer =
        stipend.api(
            "PATCH",
            path,
            "{\"name\":\"Renamed\"}",
            Map.of("x-api-key", Stipend.ADMIN_KEY, "if-match", tag));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(stipend.api("GET", path, "").text("name"))
        .isEqualTo(status == 200 ? "Renamed" : "Test Budget");
  }

  @Test
  void channelsCanBeSetAndAreShown(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));
    String slack =
        stipend.database.value(
            "SELECT id FROM stipend.notification_channels WHERE kind = 'slack_webhook'");

    Answer patched =
        stipend.api("PATCH", path, "{\"channels\":[\"%s\",\"%1$s\"]}".formatted(slack));

    assertThat(patched.text("channels")).isEqualTo("[" + slack + "]");
    assertThat(stipend.api("PATCH", path, "{\"channels\":[]}").text("channels")).isEqualTo("[]");
    assertThat(stipend.api("GET", path + "/versions", "").items())
        .extracting(each -> field(each, "changed"))
        .containsExactly("[channels]", "[channels]", "[]");
  }

  @Test
  void archivingIsRefusedOnAnotherVersion(Stipend stipend) {
    String path = create(stipend, "100");
    Map<String, String> headers = Map.of("x-api-key", Stipend.ADMIN_KEY, "if-match", "\"9\"");

    assertThat(stipend.api("DELETE", path, "", headers).status()).isEqualTo(412);
    assertThat(stipend.api("GET", path, "").text("status")).isEqualTo("active");
  }

  @Test
  void repeatedEditIsAnsweredTheSameAndDoneOnce(Stipend stipend) {
    String path = create(stipend, "100");
    Map<String, String> headers =
        Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "k", "if-match", "\"1\"");

    Answer first = stipend.api("PATCH", path, "{\"limitAmount\":\"120\"}", headers);
    stipend.api("PATCH", path, "{\"limitAmount\":\"130\"}");
    Answer again = stipend.api("PATCH", path, "{\"limitAmount\":\"120\"}", headers);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("etag")).isEqualTo("\"2\"");
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(stipend.api("GET", path, "").text("limitAmount")).isEqualTo("130.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/budgets/nothing",
        "/api/budgets/00000000-0000-0000-0000-000000000001",
      })
  void unknownBudgetIsNotFound(String path, Stipend stipend) {
    assertThat(stipend.api("PATCH", path, "{\"name\":\"x\"}").status()).isEqualTo(404);
    assertThat(stipend.api("DELETE", path, "").status()).isEqualTo(404);
    assertThat(stipend.api("GET", path + "/versions", "").status()).isEqualTo(404);
    assertThat(stipend.api("GET", path + "/explain", "").status()).isEqualTo(404);
    assertThat(
            stipend
                .api(
                    "POST",
                    path + "/increase",
                    "{\"amount\":1,\"until\":\"2026-06-16T00:00:00Z\",\"reason\":\"r\"}")
                .status())
        .isEqualTo(404);
  }

  private static String create(Stipend stipend, String limit) {
    Answer created = stipend.api("POST", "/api/budgets", Usage.monthlyBudget(limit));
    assertThat(created.header("etag")).isEqualTo("\"1\"");
    return "/api/budgets/" + created.text("id");
  }

  private static String field(Object item, String name) {
    return String.valueOf(((Map<?, ?>) item).get(name));
  }
}
