package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.ApiDescription;
import dev.stipend.support.http.Requests.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters of queries that are not what they should be, or look as if they were two.
@ExtendWith(StipendExtension.class)
final class QueryParametersTest {
  @Test
  void aValueWithACommaIsOneValue(Stipend stipend) {
    String id =
        stipend
            .api(
                "POST",
                "/api/budgets",
                """
                {"name":"Each","scope":"user","scopeId":"*","limitAmount":"10","period":"monthly"}
                """)
            .text("id");
    for (String user : new String[] {"X", "X,y"}) {
      stipend.record(
          Usage.costing("of " + user, stipend.clock.instant(), "0.1" + user.length())
              .replace("\"userId\":\"u1\"", "\"userId\":\"" + user + "\""));
    }

    for (String sent : new String[] {"X%2Cy", "X,y"}) {
      Answer usage = stipend.api("GET", "/api/budgets/" + id + "/usage?subject=" + sent, "");
      assertThat(usage.text("subject")).isEqualTo("X,y");
      assertThat(usage.text("spend")).isEqualTo("0.13");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/budgets?limit=x",
        "/api/budgets?limit=1.5",
        "/api/budgets?limit=99999999999",
        "/api/budgets?limit=1,5",
        "/api/budgets?limit=1&limit=5",
        "/api/alerts?state=open,bogus",
        "/api/reservations?state=held,bogus",
        "/api/silences?active=true,false"
      })
  void whatIsNoSingleValueOfItsKindIsRefused(String path, Stipend stipend) {
    Answer refused = stipend.api("GET", path, "");

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains(path.replaceAll(".*\\?(\\w+)=.*", "$1"), "must be");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /api/budgets?bogus=1 | bogus | is unknown; known parameters are cursor, limit, q,"
            + " scope, scopeId, status",
        "GET  | /api/alerts?budgetID=x | budgetID | known parameters are budgetId, cursor, limit,"
            + " state, type",
        "GET  | /api/reservations?status=held | status | known parameters are cursor, limit, state",
        "GET  | /api/spend?groupby=model | groupby | known parameters are agentId, cursor, format,"
            + " from, groupBy, interval",
        "GET  | /api/spend?format=xml | format | must be csv or json",
        "GET  | /api/budgets?format=csv | format | is not supported: responses are always JSON",
        "GET  | /api/keys?a=1 | a | known parameters are cursor, limit",
        "POST | /api/budgets?dryRun=true | dryRun | is unknown: this operation has no query"
            + " parameters",
        "POST | /api/usage?workspace=other | workspace | is unknown: this operation has no query"
            + " parameters",
        "POST | /v1/logs?a=b | a | is unknown: this operation has no query parameters",
        "POST | /v1/traces?a=b | a | is unknown: this operation has no query parameters",
      })
  void aParameterThatNobodyKnowsIsRefusedWithThoseThatThereAre(
      String method, String path, String name, String message, Stipend stipend) {
    Answer refused = stipend.api(method, path, "");

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"" + name + "\"", message);
  }

  @Test
  void everyParameterThatIsDescribedIsKnown(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    for (ApiDescription.Route route : api.routes()) {
      for (Map<?, ?> parameter : api.parameters(route, "query")) {
        String path =
            route.path().replaceAll("[{].*?[}]", "x") + "?" + parameter.get("name") + "=x";
        assertThat(stipend.api(route.method(), path, "").body())
            .as(path)
            .doesNotContain("is unknown", "is not supported");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+294277-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-4713-01-01T00:00:00Z"})
  void aCursorOfAnImpossibleTimeIsRefused(String time, Stipend stipend) {
    String cursor =
        Base64.getUrlEncoder()
            .encodeToString(
                (time + "/00000000-0000-0000-0000-000000000000").getBytes(StandardCharsets.UTF_8));
    for (String list : new String[] {"budgets", "alerts", "audit"}) {
      Answer refused = stipend.api("GET", "/api/" + list + "?cursor=" + cursor, "");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("must be the nextCursor of another page");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"startsAt\":\"0000-01-01T00:00:00Z\"",
        "\"startsAt\":\"-999999999-01-01T00:00:00Z\"",
        "\"endsAt\":\"+999999999-12-31T23:59:59Z\"",
        "\"endsAt\":\"9999-12-31T23:59:59.999999999Z\"",
        "\"startsAt\":\"2026-06-15T12:00:00.0000001Z\",\"endsAt\":\"2026-06-15T12:00:00.0000002Z\""
      })
  void aTotalOfAnImpossibleTimeIsRefused(String times, Stipend stipend) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"T\",\"scope\":\"user\",\"scopeId\":\"u1\",\"limitAmount\":\"5\",\"period\":\"total\","
                + times
                + "}");

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).contains("sAt");
  }
}
