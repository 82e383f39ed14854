package dev.stipend.scenario.api;

import static dev.stipend.support.SettableClock.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many queries answers cost: as many for many things as for one.
@ExtendWith(StipendExtension.class)
class QueriesTest {
  private static final String QUERIES = "io.micronaut.data.query";

  @ParameterizedTest
  @ValueSource(
      strings = {"budgets", "alerts", "channels", "reservations", "silences", "keys", "audit"})
  void aLongerPageCostsNoMoreQueries(String list, Stipend stipend) {
    stipend.record(Usage.costing("e1", START, "85"));
    addOneOfEach(stipend, 1);
    stipend.api("GET", "/api/" + list, "");
    int items = stipend.api("GET", "/api/" + list, "").items().size();
    String queries = queries(stipend, list);
    for (int i = 2; i < 5; i++) {
      addOneOfEach(stipend, i);
    }

    assertThat(stipend.api("GET", "/api/" + list, "").items()).hasSizeGreaterThan(items + 2);
    assertThat(queries).contains("FROM stipend.");
    assertThat(queries(stipend, list)).isEqualTo(queries);
  }

  @Test
  void aRefusalReadsTheChannelsOfAllItsBudgetsAtOnceAndMakesNone(Stipend stipend) {
    Holder holder = new Holder();
    holder.budget(stipend, "user", "u1", "1", true);
    holder.budget(stipend, "agent", "a1", "1", true);
    holder.validate(stipend, "\"estimatedCost\":\"2\"");

    try (CapturedLog log = CapturedLog.start()) {
      Answer refused = holder.validate(stipend, "\"estimatedCost\":\"2\"");
      assertThat(refused.body())
          .containsSubsequence("environment email", "environment slack_webhook")
          .containsSubsequence("\"denies\":true", "\"denies\":true");
      assertThat(log.text(QUERIES))
          .doesNotContain("INTO stipend.notification_channels")
          .containsOnlyOnce("FROM stipend.budget_channels")
          .containsOnlyOnce("AND c.is_default");
    }
  }

  @Test
  void aSweepWithNothingDueAsksOneQuery(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.deliverAlerts();
    stipend.sweep();

    try (CapturedLog log = CapturedLog.start()) {
      stipend.sweep();
      assertThat(log.text(QUERIES)).containsOnlyOnce("Query:").contains("AS overdue");
    }
  }

  private static String queries(Stipend stipend, String list) {
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.api("GET", "/api/" + list, "").status()).isEqualTo(200);
      return log.text(QUERIES);
    }
  }

  private static void addOneOfEach(Stipend stipend, int number) {
    String channel =
        made(stipend, "channels", "{\"kind\":\"email\",\"name\":\"Ops %d\"}".formatted(number))
            .text("id");
    made(
        stipend,
        "budgets",
        """
        {"name":"B","limitAmount":100,"period":"monthly","scope":"user","scopeId":"u1","channels":["%s"]}\
        """
            .formatted(channel));
    made(stipend, "reservations", "{\"userId\":\"u1\",\"estimatedCost\":\"1\"}");
    made(
        stipend,
        "silences",
        "{\"scope\":\"user\",\"until\":\"%s\",\"reason\":\"r\"}"
            .formatted(START.plusSeconds(number * 60L)));
    made(stipend, "keys", "{\"name\":\"k\",\"role\":\"read\"}");
  }

  private static Answer made(Stipend stipend, String list, String body) {
    Answer made = stipend.api("POST", "/api/" + list, body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }
}
