package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Summaries, from their schedule to the channels.
@ExtendWith(StipendExtension.class)
final class SummariesTest {
  private static final Instant START = SettableClock.START;
  private static final Instant NEXT_DAY = Instant.parse("2026-06-16T09:00:00Z");
  private static final String PAYLOADS =
      "SELECT DISTINCT payload FROM stipend.alert_deliveries WHERE purpose = 'summary'";

  @Test
  void aDayIsToldOnceToTheDefaultChannelsInItsOwnFigures(Stipend stipend) throws Exception {
    schedule(stipend, "{\"every\":\"daily\"}");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));
    stipend.record(Usage.costing("before", START.minus(Duration.ofDays(1)), "5"));
    stipend.record(
        Usage.costing("e1", START, "2"),
        Usage.costing("e2", START, "1").replace("\"a1\"", "\"a2\""));
    stipend.deliverAlerts();
    TestServers.HTTP.resetRequests();
    TestServers.MAIL.purgeEmailFromAllMailboxes();
    stipend.clock.set(NEXT_DAY.minusSeconds(1));
    assertThat(stipend.sweep()).containsEntry("summaries", 0);

    stipend.clock.set(NEXT_DAY);
    assertThat(stipend.sweep()).containsEntry("summaries", 1);
    assertThat(stipend.sweep()).containsEntry("summaries", 0);

    Map<?, ?> summary = summary(stipend);
    assertThat(summary.get("type")).isEqualTo("summary.daily");
    assertThat(summary.get("spend"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("amount", "3.00");
    assertThat(summary.get("summary"))
        .isEqualTo(
            ExactJson.parse(
                """
                {"before":"5.00","alerts":1,
                 "movers":[
                   {"dimension":"agent","id":"a1","spend":"2.00","change":"-3.00"},
                   {"dimension":"model","id":"gpt-4o","spend":"3.00","change":"-2.00"},
                   {"dimension":"user","id":"u1","spend":"3.00","change":"-2.00"},
                   {"dimension":"agent","id":"a2","spend":"1.00","change":"1.00"}],
                 "atRisk":[
                   {"budget":"Test Budget","subject":"u1","spend":"8.00","limit":"10.00","percent":80.0}]}
                """));
    assertThat(stipend.deliverAlerts()).isEqualTo(2);
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    assertThat(
            TestServers.HTTP
                .findAll(postRequestedFor(urlEqualTo("/slack")))
                .getFirst()
                .getBodyAsString())
        .contains(
            "Default workspace: $3.00 spent on Mon 15 Jun 2026",
            "model gpt-4o: $3.00 (100 %)",
            "At risk",
            "Test Budget (u1) at 80 %")
        .doesNotContain("░");
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void anAlertThatEveryChannelWasSparedIsNotCountedAfterItsPeriodEither(Stipend stipend) {
    schedule(stipend, "{\"every\":\"daily\"}");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10").replace("monthly", "daily"));
    stipend.record(Usage.costing("e1", START, "12"));
    stipend.deliverAlerts();
    stipend.clock.set(NEXT_DAY);
    stipend.sweep();

    assertThat(stipend.database.rows("SELECT state FROM stipend.alert_logs"))
        .containsExactly("ended", "ended");
    assertThat(summary(stipend).get("summary"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("alerts", BigDecimal.ONE);
  }

  @Test
  void aDayInWhichNothingHappenedIsNotTold(Stipend stipend) {
    String id = schedule(stipend, "{\"every\":\"daily\"}");
    stipend.record(Usage.costing("before", START.minus(Duration.ofDays(1)), "5"));
    stipend.clock.set(NEXT_DAY);

    assertThat(stipend.sweep()).containsEntry("summaries", 1);

    assertThat(stipend.database.rows(PAYLOADS)).isEmpty();
    assertThat(stipend.api("GET", "/api/summaries/" + id, "").body())
        .contains("\"nextAt\":\"2026-06-17T09:00:00Z\"")
        .doesNotContain("lastAt");
  }

  @Test
  void afterAnOutageTheLastDayIsToldAndNoneOfThoseBefore(Stipend stipend) {
    schedule(stipend, "{\"every\":\"daily\"}");
    stipend.clock.set(NEXT_DAY.plus(Duration.ofDays(5)));
    for (int day = 1; day < 6; day++) {
      stipend.record(
          Usage.costing("e" + day, stipend.clock.instant().minus(Duration.ofDays(day)), "" + day));
    }

    assertThat(stipend.sweep()).containsEntry("summaries", 1);

    assertThat(summary(stipend).get("spend"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("amount", "1.00");
  }

  @Test
  void manySweepsWriteASummaryOnce(Stipend stipend) {
    schedule(stipend, "{\"every\":\"daily\"}");
    stipend.record(Usage.costing("e1", START, "2"));
    stipend.clock.set(NEXT_DAY);

    Race.run(Collections.nCopies(8, stipend::sweep));

    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_deliveries"))
        .isEqualTo("2");
  }

  @Test
  void aWeekGoesToTheChannelThatItsScheduleNames(Stipend stipend) {
    String channel =
        stipend
            .api(
                "POST",
                "/api/channels",
                "{\"name\":\"Boss\",\"kind\":\"email\",\"config\":{\"to\":\"boss@example.com\"}}")
            .text("id");
    schedule(
        stipend,
        "{\"every\":\"weekly\",\"weekday\":\"friday\",\"hour\":18,\"timeZone\":\"America/New_York\",\"channels\":[\"%s\"]}"
            .formatted(channel));
    stipend.record(Usage.costing("e1", START, "2"));
    stipend.clock.set(Instant.parse("2026-06-19T22:00:00Z"));

    stipend.sweep();
    stipend.deliverAlerts();

    assertThat(summary(stipend).get("period"))
        .isEqualTo(
            ExactJson.parse(
                """
                {"kind":"weekly","start":"2026-06-12T04:00:00Z","end":"2026-06-19T04:00:00Z",
                 "timeZone":"America/New_York"}
                """));
    assertThat(List.of(TestServers.MAIL.getReceivedMessages()))
        .singleElement()
        .satisfies(mail -> assertThat(mail.getAllRecipients()[0]).hasToString("boss@example.com"));
  }

  @Test
  void aDeletedScheduleWritesNothing(Stipend stipend) {
    String id = schedule(stipend, "{\"every\":\"daily\"}");
    stipend.record(Usage.costing("e1", START, "2"));
    assertThat(stipend.api("DELETE", "/api/summaries/" + id, "").status()).isEqualTo(204);
    assertThat(stipend.api("DELETE", "/api/summaries/" + id, "").status()).isEqualTo(404);
    stipend.clock.set(NEXT_DAY);

    assertThat(stipend.sweep()).containsEntry("summaries", 0);
    assertThat(stipend.api("GET", "/api/audit", "").body())
        .contains("summary.create", "summary.delete");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | every is required
          {"every":"hourly"} | every must be one of daily, weekly
          {"every":"daily","weekday":"monday"} | weekday is only for weekly summaries
          {"every":"daily","hour":24} | hour must be
          {"every":"daily","timeZone":"Mars/Olympus"} | timeZone must be
          {"every":"daily","channels":["00000000-0000-0000-0000-000000000009"]} | channels[0] must be the id or the exact name of a channel
          {"every":"daily","who":1} | who is not a known field
          """)
  void whatIsWrongIsNamed(String body, String message, Stipend stipend) {
    Answer refused = stipend.api("POST", "/api/summaries", body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().replace("\",\"message\":\"", " ")).contains(message);
  }

  private static String schedule(Stipend stipend, String body) {
    Answer made = stipend.api("POST", "/api/summaries", body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static Map<?, ?> summary(Stipend stipend) {
    return (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(stipend.database.value(PAYLOADS)));
  }
}
