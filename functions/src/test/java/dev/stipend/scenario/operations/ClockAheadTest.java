package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A sweep on a machine whose clock is days ahead of the world's, and of the database's.
final class ClockAheadTest {
  private static final Duration PERIOD = Duration.ofDays(2);
  private static final Duration AHEAD = Duration.ofDays(3);

  private final Stipend stipend =
      new Stipend(
          TestServers.newDatabase(),
          Map.of("compare.clocks", true, "slack.webhook.url", TestServers.HTTP.url("/slack")));

  @Test
  void itNeitherClosesNorExpiresNorTellsWhatIsStillToCome() {
    try (stipend) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      stipend.clock.set(now);
      Answer budget =
          stipend.api(
              "POST",
              "/api/budgets",
              """
              {"name":"Project","limitAmount":10,"period":"total","startsAt":"%s","endsAt":"%s","scope":"user",
               "scopeId":"u1","hardLimit":true}
              """
                  .formatted(now.minus(PERIOD), now.plus(PERIOD)));
      assertThat(budget.status()).as(budget.body()).isEqualTo(201);
      stipend.record(Usage.costing("e1", now, "1"));
      assertThat(
              stipend
                  .api("POST", "/api/reservations", "{\"userId\":\"u1\",\"estimatedCost\":\"2\"}")
                  .status())
          .isEqualTo(201);

      stipend.clock.set(now.plus(AHEAD));
      assertThat(stipend.sweep()).containsEntry("rolledOver", 0).containsEntry("expiredHolds", 0);

      stipend.clock.set(Instant.now());
      stipend.record(Usage.costing("e2", now, "8"));
      assertThat(stipend.database.rows("SELECT type FROM stipend.alert_logs"))
          .containsExactly("LIMIT_WARNING");
      assertThat(
              stipend
                  .api("POST", "/api/reservations", "{\"userId\":\"u1\",\"estimatedCost\":\"2\"}")
                  .status())
          .as("9 spent and 2 held of 10")
          .isEqualTo(402);
    }
  }
}
