package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was spent, as the API's clients ask for it. It is noon of 15 June 2026.
@ExtendWith(StipendExtension.class)
class SpendTest {
  private static final String EVENT =
      """
      {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"a1","provider":"openai","model":"gpt-4o",
       "inputTokens":100,"cachedInputTokens":40,"outputTokens":10,"cost":"%s","tags":{"project":"%s"}}\
      """;

  @Test
  void withoutParametersItIsTheTotalOfThisMonthSoFar(Stipend stipend) {
    record(
        stipend,
        EVENT.formatted("before", "2026-05-31T23:59:59.999999Z", "u1", "100", "x"),
        EVENT.formatted("first", "2026-06-01T00:00:00Z", "u1", "1.000000000001", "x"),
        EVENT.formatted("last", "2026-06-15T11:59:59.999999Z", "u2", "2", "x"),
        EVENT.formatted("now", "2026-06-15T12:00:00Z", "u2", "100", "x"));
    assertThat(stipend.api("GET", "/api/spend", "").body())
        .isEqualTo(
            """
            {"from":"2026-06-01T00:00:00Z","to":"2026-06-15T12:00:00Z","timeZone":"UTC","currency":"USD",\
            "interval":"none","groupBy":[],"totals":{"cost":"3.000000000001","requests":2,"unpriced":0,\
            "inputTokens":200,"cachedInputTokens":80,"outputTokens":20},"groups":[]}\
            """);
  }

  @Test
  void groupsComeByCostWithTheirSharesAndTheRestAsOne(Stipend stipend) {
    record(
        stipend,
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "u1", "1", "x"),
        EVENT.formatted("e2", "2026-06-10T10:00:00Z", "u2", "5", "y"),
        EVENT.formatted("e3", "2026-06-10T10:00:00Z", "u3", "2", "x"));
    Answer answer = stipend.api("GET", "/api/spend?groupBy=user,model&limit=1", "");
    assertThat(answer.body())
        .contains("\"groupBy\":[\"user\",\"model\"]")
        .contains("\"groups\":[{\"key\":{\"user\":\"u2\",\"model\":\"gpt-4o\"}")
        .contains("\"share\":62.5}]")
        .contains("\"other\":{\"cost\":\"3.00\",\"requests\":2");
    List<String> users = new ArrayList<>();
    while (answer.json().get("nextCursor") != null) {
      answer =
          stipend.api(
              "GET",
              "/api/spend?groupBy=user,model&limit=1&cursor=" + answer.text("nextCursor"),
              "");
      ((List<?>) Objects.requireNonNull(answer.json().get("groups")))
          .forEach(
              group ->
                  users.add(
                      String.valueOf(
                          ((Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) group).get("key")))
                              .get("user"))));
    }
    assertThat(users).containsExactly("u3", "u1");
    assertThat(answer.body()).contains("\"other\":{\"cost\":\"7.00\"");
  }

  @Test
  void theSeriesFollowsTheLocalCalendarAndHasItsEmptyDays(Stipend stipend) {
    record(
        stipend,
        // 23:59:59 of the 9th and midnight of the 10th in Kathmandu.
        EVENT.formatted("e1", "2026-06-09T18:14:59Z", "u1", "1", "x"),
        EVENT.formatted("e2", "2026-06-09T18:15:00Z", "u1", "2", "x"),
        EVENT.formatted("e3", "2026-06-11T18:14:59Z", "u2", "4", "x"),
        EVENT.formatted("e4", "2026-06-12T18:15:00Z", "u2", "8", "x"));
    Answer answer =
        stipend.api(
            "GET",
            "/api/spend?from=2026-06-09&to=2026-06-13&interval=day&groupBy=user&timeZone=Asia/Kathmandu",
            "");
    List<?> series = (List<?>) Objects.requireNonNull(answer.json().get("series"));
    assertThat(series.stream().map(point -> String.valueOf(((Map<?, ?>) point).get("start"))))
        .containsExactly(
            "2026-06-08T18:15:00Z",
            "2026-06-09T18:15:00Z",
            "2026-06-10T18:15:00Z",
            "2026-06-11T18:15:00Z");
    assertThat(series.stream().map(point -> costs((Map<?, ?>) point)))
        .containsExactly(
            List.of("0.00", "1.00", "1.00"),
            List.of("0.00", "2.00", "2.00"),
            List.of("4.00", "0.00", "4.00"),
            List.of("0.00", "0.00", "0.00"));
    assertThat(answer.text("from")).isEqualTo("2026-06-08T18:15:00Z");
    assertThat(answer.text("to")).isEqualTo("2026-06-12T18:15:00Z");
  }

  @Test
  void filtersTakeAnyOfTheirValuesAndAllOfTheirNames(Stipend stipend) {
    record(
        stipend,
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "u1", "1", "x"),
        EVENT.formatted("e2", "2026-06-10T10:00:00Z", "Doe, Jane", "2", "y"),
        EVENT.formatted("e3", "2026-06-10T10:00:00Z", "Doe", "4", "x"),
        EVENT
            .formatted("e4", "2026-06-10T10:00:00Z", "u4", "8", "z")
            .replace("\"userId\":\"u4\",", ""));
    assertThat(cost(stipend, "userId=u1&userId=Doe")).isEqualTo("5.00");
    assertThat(cost(stipend, "userId=" + encoded("Doe, Jane"))).isEqualTo("2.00");
    assertThat(cost(stipend, "userId=")).isEqualTo("8.00");
    assertThat(cost(stipend, "tag=project=x&tag=" + encoded("project=y"))).isEqualTo("7.00");
    assertThat(cost(stipend, "tag=project=x&userId=Doe&model=gpt-4o")).isEqualTo("4.00");
    assertThat(cost(stipend, "tag=colour=")).isEqualTo("15.00");
    assertThat(cost(stipend, "agentId=nobody")).isEqualTo("0.00");
    assertThat(stipend.api("GET", "/api/spend?groupBy=tag:project&limit=1", "").body())
        .contains("\"groups\":[{\"key\":{\"tag:project\":\"z\"}");
  }

  @Test
  void anOffsetMayBeWrittenWithABarePlus(Stipend stipend) {
    record(stipend, EVENT.formatted("e1", "2026-06-10T10:00:00Z", "u1", "1", "x"));
    assertThat(cost(stipend, "from=2026-06-10T12:00:00+02:00&to=2026-06-10T12:00:01%2B02:00"))
        .isEqualTo("1.00");
    assertThat(cost(stipend, "from=2026-06-10T12:00:00.000000001+02:00")).isEqualTo("0.00");
  }

  @Test
  void aMonthThatHasEndedIsAskedForByItsEndAlone(Stipend stipend) {
    assertThat(stipend.api("GET", "/api/spend?to=2026-06-01", "").text("from"))
        .isEqualTo("2026-05-01T00:00:00Z");
  }

  @Test
  void aKeyThatReadsSeesItsOwnWorkspaceOnly(Stipend stipend) {
    record(stipend, EVENT.formatted("e1", "2026-06-10T10:00:00Z", "u1", "1", "x"));
    assertThat(stipend.api("GET", "/api/spend", "", Map.of()).status()).isEqualTo(401);
    assertThat(stipend.api("GET", "/api/spend", "", keyOf(stipend, "default")).body())
        .contains("\"cost\":\"1.00\"");
    Answer elsewhere = stipend.api("GET", "/api/spend", "", keyOf(stipend, "elsewhere"));
    assertThat(elsewhere.body())
        .contains("\"cost\":\"0.00\"")
        .contains("\"currency\":\"EUR\"")
        .contains("\"timeZone\":\"Asia/Kathmandu\"")
        .contains("\"from\":\"2026-05-31T18:15:00Z\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday|from|must be a date such as 2026-03-01",
        "from=2026-06-10T10:00:00|from|with an offset",
        "from=|from|1 to 40 characters",
        "from=1066-10-14|from|from the year 1900 to 9999",
        "from=2026-06-10&to=2026-06-10|from|must be before to, which is 2026-06-10T00:00:00Z",
        "from=2026-07-01|from|must be before to, which is 2026-06-15T12:00:00Z",
        "from=2026-06-10&from=2026-06-11|from|must be given once",
        "to=2026-06-31|to|must be a date",
        "timeZone=Mars/Olympus|timeZone|IANA time zone",
        "interval=fortnight|interval|must be one of none, quarter_hour, hour, day, week, month,"
            + " year",
        "groupBy=colour|groupBy|must be among user, agent, workflow, team, provider, model and"
            + " tag:KEY",
        "groupBy=tag|groupBy|tag:KEY",
        "groupBy=tag:|groupBy|tag:KEY",
        "groupBy=user,user|groupBy|each dimension once",
        "groupBy=user,team&groupBy=model,agent|groupBy|at most 3 dimensions",
        "tag=project|tag|must be key=value",
        "tag==x|tag|must be key=value",
        "userId=a%00|userId|without control characters",
        "limit=0|limit|from 1 to 200",
        "limit=many|limit|from 1 to 200",
        "cursor=rubbish|cursor|nextCursor of another page",
        "cursor=Z3JvdXBzLy0x|cursor|nextCursor of another page",
        "colour=red|colour|is unknown; known parameters are",
        "userid=u1|userid|is unknown; known parameters are",
        "from=2026-01-01&interval=quarter_hour|interval|makes more than 2,000 intervals",
        "from=2026-05-01&interval=hour&groupBy=user&limit=50|limit|must be at most 19 with the"
            + " 1,092",
        "from=2026-01-01&groupBy=tag:project|from|at most 93 days before to where tags",
        "from=2026-01-01&tag=project=x|from|at most 93 days before to where tags",
        "from=1971-01-01&to=1971-12-01&interval=day&timeZone=Africa/Monrovia|from|quarter of an"
            + " hour"
      })
  void aWrongParameterIsNamedWithWhatWouldBeRight(
      String query, String field, String message, Stipend stipend) {
    Answer answer = stipend.api("GET", "/api/spend?" + query, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    List<?> errors = (List<?>) Objects.requireNonNull(answer.json().get("errors"));
    assertThat(errors)
        .singleElement()
        .satisfies(
            error -> {
              assertThat(((Map<?, ?>) error).get("field")).isEqualTo(field);
              assertThat(String.valueOf(((Map<?, ?>) error).get("message"))).contains(message);
            });
  }

  @Test
  void manyRepeatsOfAFilterAreRefused(Stipend stipend) {
    Answer answer = stipend.api("GET", "/api/spend?" + "userId=u&".repeat(51), "");
    assertThat(answer.body()).contains("must be given at most 50 times");
  }

  /// A new budget fills twelve past periods.
  @Test
  void thePastPeriodsOfABudgetAreReadByPages(Stipend stipend) {
    String id =
        stipend
            .api(
                "POST",
                "/api/budgets",
                "{\"name\":\"B\",\"limitAmount\":9,\"period\":\"daily\",\"scope\":\"user\",\"scopeId\":\"*\"}")
            .text("id");
    for (int day = 1; day <= 15; day++) {
      record(
          stipend,
          EVENT.formatted("e" + day, "2026-06-%02dT10:00:00Z".formatted(day), "u1", day, "x"));
    }
    String path = "/api/budgets/" + id + "/history?subject=u1&limit=4";
    List<String> seen = new ArrayList<>();
    Answer page = stipend.api("GET", path, "");
    page.items().forEach(item -> seen.add(String.valueOf(((Map<?, ?>) item).get("spend"))));
    while (page.json().get("nextCursor") != null) {
      page = stipend.api("GET", path + "&cursor=" + page.text("nextCursor"), "");
      page.items().forEach(item -> seen.add(String.valueOf(((Map<?, ?>) item).get("spend"))));
    }
    assertThat(seen)
        .containsExactly(
            "14.00", "13.00", "12.00", "11.00", "10.00", "9.00", "8.00", "7.00", "6.00", "5.00",
            "4.00", "3.00");
    assertThat(stipend.api("GET", "/api/budgets/" + id + "/history", "").body())
        .contains("subject is required");
    assertThat(stipend.api("GET", path + "&cursor=rubbish", "").status()).isEqualTo(400);
    assertThat(stipend.api("GET", path, "", keyOf(stipend, "elsewhere")).status()).isEqualTo(404);
  }

  /// The costs of a point's groups, and of them all.
  private static List<String> costs(Map<?, ?> point) {
    List<String> costs = new ArrayList<>();
    ((List<?>) Objects.requireNonNull(point.get("groups")))
        .forEach(group -> costs.add(String.valueOf(((Map<?, ?>) group).get("cost"))));
    costs.add(
        String.valueOf(((Map<?, ?>) Objects.requireNonNull(point.get("totals"))).get("cost")));
    return costs;
  }

  private static String cost(Stipend stipend, String query) {
    Answer answer = stipend.api("GET", "/api/spend?" + query, "");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return String.valueOf(
        ((Map<?, ?>) Objects.requireNonNull(answer.json().get("totals"))).get("cost"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void record(Stipend stipend, String... events) {
    assertThat(stipend.record(events)).isEmpty();
  }

  private static Map<String, String> keyOf(Stipend stipend, String workspace) {
    String key = "key-spend-" + workspace;
    stipend.database.execute(
        """
        INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
        VALUES ('%s', 'test', 'EUR', 'Asia/Kathmandu')
        ON CONFLICT DO NOTHING
        """
            .formatted(workspace));
    stipend.database.execute(
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role)
        SELECT id, 'test', 'key', sha256('%s'), 'read' FROM stipend.workspaces WHERE slug = '%s'
        ON CONFLICT (key_hash) DO NOTHING
        """
            .formatted(key, workspace));
    return Map.of("x-api-key", key);
  }
}
