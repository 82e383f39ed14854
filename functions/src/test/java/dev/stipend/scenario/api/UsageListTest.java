package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The events of the ledger, as the API's clients list them and as spreadsheets read them. It is
/// noon of 15 June 2026.
@ExtendWith(StipendExtension.class)
final class UsageListTest {
  private static final String EVENT =
      """
      {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"a1","provider":"openai","model":"gpt-4o",
       "inputTokens":100,"cachedInputTokens":40,"outputTokens":10,"cost":"%s","tags":{"project":"%s"}}\
      """;

  private final Stipend stipend;

  UsageListTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void anEventIsShownAsItWasRecorded() {
    record(EVENT.formatted("e1", "2026-06-10T10:00:00.000001Z", "ana", "1.000000000001", "x"));
    assertThat(list("").body())
        .isEqualTo(
            """
            {"items":[{"eventId":"e1","occurredAt":"2026-06-10T10:00:00.000001Z",\
            "recordedAt":"2026-06-15T12:00:00Z","kind":"usage","userId":"ana","agentId":"a1",\
            "provider":"openai","model":"gpt-4o","inputTokens":100,"cachedInputTokens":40,\
            "outputTokens":10,"cost":"1.000000000001","unpriced":0,"tags":{"project":"x"}}]}\
            """
                .replace(
                    "2026-06-15T12:00:00Z\",\"kind",
                    Objects.requireNonNull(recordedAt()) + "\",\"kind"));
  }

  @Test
  void anAdjustmentNamesWhatItCorrectsAndAnUnpricedEventHasNoCost() {
    record(
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "ana", "5", "x"),
        "{\"eventId\":\"a1\",\"occurredAt\":\"2026-06-10T10:00:01Z\",\"kind\":\"adjustment\",\"corrects\":\"e1\",\"cost\":\"-2\",\"userId\":\"ana\"}",
        "{\"eventId\":\"n1\",\"occurredAt\":\"2026-06-10T10:00:02Z\",\"model\":\"nobody-knows\",\"provider\":\"p\",\"inputTokens\":7}");
    assertThat(ids("")).containsExactly("n1", "a1", "e1");
    assertThat(list("eventId=a1").body())
        .contains("\"kind\":\"adjustment\",\"corrects\":\"e1\"", "\"cost\":\"-2.00\"");
    assertThat(list("eventId=n1").body())
        .contains("\"unpriced\":1")
        .doesNotContain("\"cost\"", "\"userId\"");
  }

  @Test
  void filtersAreThoseOfSpend() {
    record(
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "u1", "1", "x"),
        EVENT.formatted("e2", "2026-06-11T10:00:00Z", "Doe, Jane", "2", "y"),
        EVENT.formatted("e3", "2026-06-12T10:00:00Z", "Doe", "4", "x"),
        EVENT
            .formatted("e4", "2026-06-13T10:00:00Z", "z", "8", "z")
            .replace("\"userId\":\"z\",", ""));
    assertThat(ids("")).containsExactly("e4", "e3", "e2", "e1");
    assertThat(ids("userId=u1&userId=Doe")).containsExactly("e3", "e1");
    assertThat(ids("userId=Doe%2C+Jane")).containsExactly("e2");
    assertThat(ids("userId=")).containsExactly("e4");
    assertThat(ids("tag=project%3Dx&model=gpt-4o")).containsExactly("e3", "e1");
    assertThat(ids("minCost=2.000000000001")).containsExactly("e4", "e3");
    assertThat(ids("from=2026-06-11&to=2026-06-13")).containsExactly("e3", "e2");
    assertThat(ids("from=2026-06-11T12:00:00%2B02:00&to=2026-06-11T10:00:01Z"))
        .containsExactly("e2");
    assertThat(ids("from=2026-06-12&timeZone=Pacific/Kiritimati&to=2026-06-13"))
        .containsExactly("e2");
    assertThat(ids("eventId=e3")).containsExactly("e3");
    assertThat(ids("eventId=e3&to=2026-06-01")).isEmpty();
    assertThat(ids("eventId=nobody")).isEmpty();
    stipend.database.execute("DELETE FROM stipend.usage_event_ids");
    assertThat(ids("eventId=e3")).as("whose id is forgotten").containsExactly("e3");
  }

  @Test
  void pagesStayAsTheyAreWhileEventsCome() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Some happened at the same instant.
      record(EVENT.formatted("e" + i, "2026-06-10T10:00:0" + i / 3 + "Z", "u", "1", "x"));
      all.add("e" + i);
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int number = 0;
    do {
      Answer page = list("limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      seen.addAll(ids(page));
      record(EVENT.formatted("new" + number++, "2026-06-11T10:00:00Z", "u", "1", "x"));
      cursor = page.json().get("nextCursor") == null ? "" : page.text("nextCursor");
    } while (!cursor.isEmpty());
    assertThat(seen).containsExactlyElementsOf(all.reversed());
  }

  @Test
  void eachWorkspaceSeesItsOwnAndAnyKeyMayLook() {
    record(EVENT.formatted("e1", "2026-06-10T10:00:00Z", "ana", "1", "x"));
    for (String role : List.of("read", "ingest", "admin")) {
      for (String path : List.of("/api/usage", "/api/usage?eventId=e1", "/api/usage?format=csv")) {
        assertThat(stipend.api("GET", path, "", Tenant.key(stipend, role, "default")).body())
            .contains("e1");
        assertThat(stipend.api("GET", path, "", Tenant.key(stipend, role, "elsewhere")).body())
            .doesNotContain("e1");
      }
    }
    assertThat(stipend.api("GET", "/api/usage", "", Map.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "from=x, from",
    "from=2026-06-02&to=2026-06-01, from",
    "timeZone=Mars, timeZone",
    "minCost=cheap, minCost",
    "limit=201, limit",
    "limit=10001&format=csv, limit",
    "cursor=x, cursor",
    "tag=project, tag",
    "format=xml, format",
    "groupBy=user, groupBy",
    "from=2026-06-01&from=2026-06-02, from"
  })
  void whatIsWrongIsNamed(String query, String field) {
    Answer refused = list(query);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"" + field + "\"");
  }

  @Test
  void aTableHasEveryEventExactly() {
    record(
        EVENT.formatted(
            "=cmd|' /C calc'!A0", "2026-06-10T10:00:00Z", "@sum(1)", "1.000000000001", "x"),
        "{\"eventId\":\"-1+1\",\"occurredAt\":\"2026-06-10T09:00:00Z\",\"kind\":\"adjustment\",\"cost\":\"-0.5\",\"userId\":\"a"
            + " \\\"b\\\", c\"}");
    Answer csv = list("format=csv");
    assertThat(csv.header("content-type")).startsWith("text/csv");
    assertThat(csv.header("content-disposition")).contains("usage.csv");
    assertThat(csv.header("link")).isNull();
    List<String> lines = csv.body().lines().toList();
    assertThat(lines.getFirst()).startsWith("eventId,occurredAt,recordedAt,kind,corrects,userId");
    assertThat(lines.get(1))
        .startsWith("'=cmd|' /C calc'!A0,2026-06-10T10:00:00Z,")
        .contains(",usage,,'@sum(1),a1,,,openai,gpt-4o,100,40,,,10,,,1.000000000001,USD,0,")
        .endsWith("\"{\"\"project\"\":\"\"x\"\"}\"");
    assertThat(lines.get(2))
        .startsWith("'-1+1,2026-06-10T09:00:00Z,")
        .contains(",adjustment,,\"a \"\"b\"\", c\",,,,,,0,0,,,0,,,-0.50,USD,0,");
    assertThat(
            stipend
                .api(
                    "GET",
                    "/api/usage",
                    "",
                    Map.of("x-api-key", Stipend.ADMIN_KEY, "accept", "text/csv"))
                .body())
        .isEqualTo(csv.body());
  }

  @Test
  void aTableThatIsCutSaysHowItGoesOn() {
    record(
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "ana", "1", "x"),
        EVENT.formatted("e2", "2026-06-11T10:00:00Z", "ana", "1", "x"));
    Answer csv = list("format=csv&limit=1&userId=ana");
    String cursor = Objects.requireNonNull(csv.header("x-next-cursor"));
    assertThat(csv.header("link"))
        .isEqualTo(
            "</api/usage?format=csv&limit=1&userId=ana&cursor=" + cursor + ">; rel=\"next\"");
    assertThat(
            list("format=csv&limit=1&userId=ana&cursor=" + cursor).body().lines().toList().get(1))
        .startsWith("e1,");
  }

  @Test
  void spendIsATableToo() {
    record(
        EVENT.formatted("e1", "2026-06-10T10:00:00Z", "+ana", "1.5", "x"),
        EVENT.formatted("e2", "2026-06-11T10:00:00Z", "bea", "4", "x"),
        EVENT.formatted("e3", "2026-06-12T10:00:00Z", "+ana", "1.000000000001", "x"));
    Answer csv =
        stipend.api(
            "GET", "/api/spend?format=csv&groupBy=user,model&interval=day&from=2026-06-10", "");
    assertThat(csv.body())
        .isEqualTo(
            """
            start,end,user,model,cost,currency,requests,unpriced,inputTokens,cachedInputTokens,outputTokens
            2026-06-11T00:00:00Z,2026-06-12T00:00:00Z,bea,gpt-4o,4.00,USD,1,0,100,40,10
            2026-06-10T00:00:00Z,2026-06-11T00:00:00Z,'+ana,gpt-4o,1.50,USD,1,0,100,40,10
            2026-06-12T00:00:00Z,2026-06-13T00:00:00Z,'+ana,gpt-4o,1.000000000001,USD,1,0,100,40,10
            """
                .replace("\n", "\r\n"));
    Answer total = stipend.api("GET", "/api/spend?format=csv", "");
    assertThat(Money.of(total.body().lines().toList().get(1).split(",", -1)[2]))
        .isEqualTo(Money.of("6.500000000001"));
    Answer cut = stipend.api("GET", "/api/spend?format=csv&groupBy=user&limit=1", "");
    assertThat(cut.body()).contains("bea").doesNotContain("ana");
    assertThat(cut.header("link"))
        .contains("/api/spend?format=csv&groupBy=user&limit=1&cursor=", "rel=\"next\"");
    assertThat(
            stipend
                .api(
                    "GET",
                    "/api/spend?format=csv&groupBy=user&limit=1&cursor="
                        + cut.header("x-next-cursor"),
                    "")
                .body())
        .contains("'+ana");
  }

  @Test
  void eventsAddUpToTheSpend() {
    List<String> events = new ArrayList<>();
    Money sum = Money.ZERO;
    for (int i = 0; i < 60; i++) {
      String cost = "0.0" + i + "7";
      sum = sum.plus(Money.of(cost));
      events.add(
          Usage.costing("s" + i, stipend.clock.instant().minus(Duration.ofHours(i + 1)), cost));
    }
    record(events.toArray(String[]::new));
    Money listed =
        Stream.of(list("format=csv").body().split("\r\n", -1))
            .skip(1)
            .filter(line -> !line.isEmpty())
            .map(line -> Money.of(line.split(",", -1)[18]))
            .reduce(Money.ZERO, Money::plus);
    assertThat(listed).isEqualTo(sum);
    assertThat(stipend.api("GET", "/api/spend?from=2026-06-01", "").body())
        .contains("\"totals\":{\"cost\":\"" + sum + "\"");
  }

  private String recordedAt() {
    return String.valueOf(((Map<?, ?>) list("").items().getFirst()).get("recordedAt"));
  }

  private Answer list(String query) {
    return stipend.api("GET", "/api/usage?" + query, "");
  }

  private List<String> ids(String query) {
    Answer answer = list(query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return ids(answer);
  }

  private static List<String> ids(Answer page) {
    return page.items().stream()
        .map(item -> String.valueOf(((Map<?, ?>) item).get("eventId")))
        .toList();
  }

  private void record(String... events) {
    assertThat(stipend.record("[" + String.join(",", events) + "]")).isEmpty();
  }
}
