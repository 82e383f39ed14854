package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The REST API as its clients see it, through the API Gateway handler.
@ExtendWith(StipendExtension.class)
class ApiTest {
  private static final String BUDGET =
      """
      {"name":"B","limitAmount":1,"period":"monthly","scope":"user","scopeId":"u1"%s}\
      """;

  @Test
  void healthNeedsNoKeyAndNamesTheSchema(Stipend stipend) {
    Answer health = stipend.api("GET", "/api/health", "", Map.of());
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.text("status")).isEqualTo("healthy");
    assertThat(health.body())
        .contains("\"database\":{\"status\":\"ok\"}")
        .contains("schemaVersion");
  }

  @Test
  void requestsLeaveNothingBehindInTheApplication(Stipend stipend) {
    for (int i = 0; i < 3; i++) {
      assertThat(stipend.api("GET", "/api/health", "", Map.of()).status()).isEqualTo(200);
    }

    assertThat(stipend.context.getBeansOfType(Context.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name|is required",
        "{\"name\":7}|name|must be a string",
        "{\"limitAmount\":-1}|limitAmount|must not be negative",
        "{\"limitAmount\":\"12,5\"}|limitAmount|is not a decimal number",
        "{\"limitAmount\":1e400}|limitAmount|more than 12 integer digits",
        "{\"limitAmount\":0.1234567890123}|limitAmount|more than 12 decimals",
        "{\"period\":\"fortnightly\"}|period|must be one of hourly, daily, weekly",
        "{\"timeZone\":\"Mars/Olympus\"}|timeZone|IANA time zone",
        "{\"scope\":\"team\"}|scopeId|is required",
        "{\"scope\":\"tag\",\"scopeId\":\"nokey\"}|scopeId|key=value",
        "{\"alertAt\":\"high\"}|alertAt|must be a percent",
        "{\"alertAt\":[80,-1]}|alertAt[1]|must be above 0",
        "{\"thresholds\":[{\"percent\":0}]}|thresholds[0].percent|must be above 0",
        "{\"thresholds\":[{\"percent\":5,\"colour\":\"red\"}]}|thresholds[0].colour|is not a known"
            + " field",
        "{\"anchorDay\":32}|anchorDay|from 1 to 31",
        "{\"weekStart\":\"someday\"}|weekStart|must be one of monday",
        "{\"startsAt\":\"2026-01-01T00:00:00Z\"}|startsAt|only for period total",
        "{\"channels\":[\"x\"]}|channels[0]|must be the id or the exact name of a channel",
        "{\"hardlimit\":true}|hardlimit|is not a known field",
        "[]||A JSON object is expected",
        "nonsense||The body is not JSON"
      })
  void aWrongFieldIsNamedWithWhatWouldBeRight(
      String body, String field, String message, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/budgets", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    List<?> errors = (List<?>) Objects.requireNonNull(answer.json().get("errors"));
    assertThat(errors)
        .anySatisfy(
            error -> {
              assertThat(((Map<?, ?>) error).get("field")).isEqualTo(field == null ? "" : field);
              assertThat(String.valueOf(((Map<?, ?>) error).get("message"))).contains(message);
            });
    assertThat(stipend.database.rows("SELECT id FROM stipend.budgets")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/usage", "/api/budgets"})
  void aBodyThatIsMissingIsAProblem(String path, Stipend stipend) {
    Answer answer = stipend.api("POST", path, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("detail")).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"scopeId", "q"})
  void aQueryWithControlCharactersIsRefusedByName(String parameter, Stipend stipend) {
    Answer answer = stipend.api("GET", "/api/budgets?" + parameter + "=a%00b", "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"" + parameter + "\"");
  }

  @Test
  void anAnswerThatNobodyAcceptsIsAProblem(Stipend stipend) {
    Answer answer =
        stipend.api(
            "GET",
            "/api/budgets",
            "",
            Map.of("x-api-key", Stipend.ADMIN_KEY, "accept", "image/png"));
    assertThat(answer.status()).isEqualTo(406);
    assertThat(answer.text("type")).endsWith("/not-acceptable");
  }

  @Test
  void aHeaderThatHttpCannotCarryIsNoFailureOfTheServer(Stipend stipend) {
    for (String wrong : List.of(" ", "a\r\nX-Evil: 1", "a\u0000b", "\ud83d\ude00")) {
      Answer answer =
          stipend.api(
              "GET", "/api/budgets", "", Map.of("x-api-key", Stipend.ADMIN_KEY, "if-match", wrong));
      assertThat(answer.status()).as(wrong).isEqualTo(200);
    }
  }

  @Test
  void tracesOfNoTypeAreReadOrRefusedAsAnyBody(Stipend stipend) {
    for (String type : List.of("", "1e400", "a/b/c", "text/plain")) {
      Answer answer =
          stipend.api(
              "POST",
              "/v1/traces",
              "{}",
              Map.of("x-api-key", Stipend.ADMIN_KEY, "content-type", type));
      assertThat(answer.status()).as(type + answer.body()).isIn(200, 400, 415);
    }
  }

  /// HTTP APIs hand paths on decoded.
  @ParameterizedTest
  @ValueSource(strings = {"a%20b", "%7Bid%7D", "%3C%3E%22", "%C3%A9", "100%25"})
  void aPathWithSignsThatNoUriHasIsNotThere(String id, Stipend stipend) {
    Answer answer = stipend.api("GET", "/api/budgets/" + id, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
    assertThat(answer.text("type")).endsWith("/not-found");
  }

  /// Some tell what runs here, some do without a key.
  @ParameterizedTest
  @ValueSource(strings = {"/health", "/info", "/beans", "/routes", "/threaddump", "/flyway"})
  void whatLibrariesWouldShowIsNotThere(String path, Stipend stipend) {
    Answer answer = stipend.api("GET", path, "", Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/nothing",
        "/api/budgets/not-an-id",
        "/api/budgets/00000000-0000-0000-0000-000000000009"
      })
  void whatIsNotThereIsAProblemToo(String path, Stipend stipend) {
    Answer answer = stipend.api("GET", path, "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).endsWith("/not-found");
  }

  @Test
  void aMethodThatAPathDoesNotTakeIsAProblem(Stipend stipend) {
    assertThat(stipend.api("PUT", "/api/budgets", "{}").status()).isEqualTo(405);
  }

  @Test
  void alertAtTakesAPercentOrAList(Stipend stipend) {
    assertThat(percents(stipend, "")).isEqualTo(List.of("80", "100"));
    assertThat(percents(stipend, ",\"alertAt\":50")).isEqualTo(List.of("50", "100"));
    assertThat(percents(stipend, ",\"alertAt\":[50,120,99.5]"))
        .isEqualTo(List.of("50", "99.5", "120"));
    assertThat(percents(stipend, ",\"thresholds\":[{\"percent\":33.3,\"severity\":\"critical\"}]"))
        .isEqualTo(List.of("33.3"));
  }

  @Test
  void listsPageNewestFirstWithoutGapOrRepeat(Stipend stipend) {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      if (i % 3 == 0) {
        stipend.clock.tick(Duration.ofSeconds(1));
      }
      created.add(stipend.api("POST", "/api/budgets", BUDGET.formatted("")).text("id"));
    }
    List<String> seen = new ArrayList<>();
    String path = "/api/budgets?limit=3";
    Answer page = stipend.api("GET", path, "");
    page.items().forEach(item -> seen.add(String.valueOf(((Map<?, ?>) item).get("id"))));
    while (page.json().get("nextCursor") != null) {
      page = stipend.api("GET", path + "&cursor=" + page.text("nextCursor"), "");
      page.items().forEach(item -> seen.add(String.valueOf(((Map<?, ?>) item).get("id"))));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(created);
    assertThat(stipend.api("GET", "/api/budgets?cursor=rubbish", "").status()).isEqualTo(400);
    assertThat(stipend.api("GET", "/api/budgets?limit=0", "").status()).isEqualTo(400);
  }

  @Test
  void usageShowsSpendHistoryAndWhatItIsMadeOf(Stipend stipend) {
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10")).text("id");
    stipend.record(
        Usage.costing("e1", SettableClock.START, "3"),
        Usage.costing("e2", SettableClock.START, "1").replace("\"a1\"", "\"a2\""),
        Usage.costing("e3", SettableClock.START.minus(Duration.ofDays(30)), "2"));
    Answer usage = stipend.api("GET", "/api/budgets/" + id + "/usage", "");
    assertThat(usage.text("spend")).isEqualTo("4.00");
    assertThat(usage.text("remaining")).isEqualTo("6.00");
    assertThat(usage.text("percentUsed")).isEqualTo("40.0");
    assertThat(usage.text("requests")).isEqualTo("2");
    assertThat(usage.body())
        .contains("{\"dimension\":\"agent\",\"id\":\"a1\",\"spend\":\"3.00\",\"share\":75.0}")
        .contains("{\"dimension\":\"model\",\"id\":\"gpt-4o\",\"spend\":\"4.00\",\"share\":100.0}");
    assertThat((List<?>) usage.json().get("history")).hasSize(1);
    assertThat(usage.body()).contains("\"spend\":\"2.00\"");
  }

  @Test
  void usageOverHttpRecordsTheGoodAndNamesTheBad(Stipend stipend) {
    String events =
        "{\"events\":[%s,%s,%s]}"
            .formatted(
                Usage.costing("e1", SettableClock.START, "1"),
                Usage.costing("e1", SettableClock.START, "1"),
                Usage.costing("e2", SettableClock.START, "NaN"));
    Answer answer = stipend.api("POST", "/api/usage", events);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("recorded")).isEqualTo("1");
    assertThat(answer.text("duplicates")).isEqualTo("1");
    assertThat(answer.body())
        .contains("\"index\":2,\"eventId\":\"e2\",\"reason\":\"cost is not a decimal number");
  }

  private static List<String> percents(Stipend stipend, String extra) {
    Answer created = stipend.api("POST", "/api/budgets", BUDGET.formatted(extra));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return ((List<?>) Objects.requireNonNull(created.json().get("thresholds")))
        .stream().map(line -> String.valueOf(((Map<?, ?>) line).get("percent"))).toList();
  }
}
