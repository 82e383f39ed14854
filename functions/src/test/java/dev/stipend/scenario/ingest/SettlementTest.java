package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How holds end: settled, released, expired, or with their period.
@ExtendWith(StipendExtension.class)
final class SettlementTest {
  private static final String EVENT =
      """
      {"eventId":"e-1","occurredAt":"2026-06-15T12:00:00Z","userId":"u1","agentId":"a1","cost":"3"}
      """;

  private final Holder holder = new Holder();

  @Test
  void settleRecordsTheCostAndFreesTheHold(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "3");

    Answer settled = holder.settle(stipend, reserved, "{\"cost\":\"2.5\"}");

    assertThat(settled.status()).isEqualTo(200);
    assertThat(settled.text("state")).isEqualTo("settled");
    assertThat(settled.text("cost")).isEqualTo("2.50");
    assertThat(settled.text("overEstimate")).isEqualTo("0.00");
    assertThat(settled.text("eventId")).isEqualTo("reservation:" + reserved.text("id"));
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 2.5 held 0");
    assertThat(holder.ledger(stipend)).isEqualByComparingTo("2.5");
  }

  @Test
  void settleTwiceChangesNothing(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "3");
    Answer first = holder.settle(stipend, reserved, "{\"cost\":\"2.5\"}");
    stipend.clock.tick(Duration.ofMinutes(1));

    Answer again = holder.settle(stipend, reserved, "{\"cost\":\"2.5\"}");
    Answer other = holder.settle(stipend, reserved, "{\"cost\":\"2.6\"}");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(other.status()).isEqualTo(409);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 2.5 held 0");
  }

  @Test
  void whatIsNullInASettlementIsLeftOut(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "3");

    Answer nothing = holder.settle(stipend, reserved, "{\"cost\":null,\"inputTokens\":null}");
    Answer settled =
        holder.settle(stipend, reserved, "{\"cost\":\"2.5\",\"userId\":null,\"model\":null}");

    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.body()).contains("cost", "is required");
    assertThat(settled.status()).isEqualTo(200);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 2.5 held 0");
  }

  @Test
  void settleAboveTheEstimateShowsTheOvershoot(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "10");

    Answer settled = holder.settle(stipend, reserved, "{\"cost\":\"12\"}");

    assertThat(settled.text("overEstimate")).isEqualTo("2.00");
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 12 held 0");
    Answer usage = holder.usage(stipend, id, "u1");
    assertThat(usage.text("remaining")).isEqualTo("0.00");
    assertThat(usage.text("overshoot")).isEqualTo("2.00");
    assertThat(usage.json().get("forecast"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .as("it has run out already")
        .doesNotContainKey("runsOutAt");
  }

  @Test
  void settleAfterExpiryRecordsTheCost(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "10");
    stipend.clock.tick(Duration.ofMinutes(5));
    Answer next = holder.reserve(stipend, "8");

    Answer settled = holder.settle(stipend, reserved, "{\"cost\":\"9\"}");

    assertThat(next.status()).isEqualTo(201);
    assertThat(settled.json().get("late")).isEqualTo(true);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 9 held 8");
  }

  @Test
  void anExpiredHoldIsFreeWithoutAnyJob(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    holder.reserve(stipend, "10");
    stipend.clock.tick(Duration.ofSeconds(299));
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(402);

    stipend.clock.tick(Duration.ofSeconds(1));

    assertThat(holder.validate(stipend, "\"estimatedCost\":\"10\"").json().get("allowed"))
        .isEqualTo(true);
    assertThat(holder.reserve(stipend, "10").status()).isEqualTo(201);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 10");
  }

  @Test
  void theSweepFreesWhatHasExpired(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    holder.reserve(stipend, "4");
    holder.reserve(stipend, "3");
    stipend.clock.tick(Duration.ofMinutes(6));

    assertThat(stipend.sweep().get("expiredHolds")).isEqualTo(2);

    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 0");
    assertThat(stipend.sweep().get("expiredHolds")).isEqualTo(0);
  }

  @Test
  void settleInTheNextPeriodCountsWhereItOccurred(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    stipend.clock.set(Instant.parse("2026-06-30T23:59:00Z"));
    Answer june = holder.reserve(stipend, "4");
    Answer july = holder.reserve(stipend, "4");
    stipend.clock.set(Instant.parse("2026-07-01T00:01:00Z"));

    holder.settle(stipend, june, "{\"cost\":\"3\",\"occurredAt\":\"2026-06-30T23:59:30Z\"}");
    holder.settle(stipend, july, "{\"cost\":\"2\"}");

    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 2 held 0");
    assertThat(
            stipend.database.rows(
                "SELECT trim_scale(spend) || ' ' || trim_scale(held) FROM stipend.budget_periods"
                    + " ORDER BY period_start"))
        .containsExactly("3 0", "2 0");
  }

  @Test
  void theHoldOfAnEndedPeriodDoesNotOccupyTheNext(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    stipend.clock.set(Instant.parse("2026-06-30T23:59:00Z"));
    holder.reserve(stipend, "10");
    stipend.clock.set(Instant.parse("2026-07-01T00:00:00Z"));

    assertThat(holder.reserve(stipend, "10").status()).isEqualTo(201);
  }

  @Test
  void releaseFreesTheHoldAndAgainChangesNothing(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");

    Answer released = holder.end(stipend, reserved, "release", "");
    Answer again = holder.end(stipend, reserved, "release", "");

    assertThat(released.status()).isEqualTo(200);
    assertThat(released.text("state")).isEqualTo("released");
    assertThat(again.body()).isEqualTo(released.body());
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 0 held 0");
  }

  @Test
  void releaseAfterSettleIsRefused(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    holder.settle(stipend, reserved, "{\"cost\":\"1\"}");

    Answer released = holder.end(stipend, reserved, "release", "");

    assertThat(released.status()).isEqualTo(409);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 1 held 0");
  }

  @Test
  void settleAfterReleaseRecordsTheCost(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    holder.end(stipend, reserved, "release", "");

    Answer settled = holder.settle(stipend, reserved, "{\"cost\":\"1\"}");

    assertThat(settled.status()).isEqualTo(200);
    assertThat(settled.json().get("late")).isEqualTo(true);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 1 held 0");
  }

  @Test
  void aBudgetThatIsArchivedMeanwhileStillHasItsHoldSettled(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    stipend.database.execute("UPDATE stipend.budgets SET status = 'archived'");

    Answer settled = holder.settle(stipend, reserved, "{\"cost\":\"3\"}");

    assertThat(settled.status()).isEqualTo(200);
    assertThat(holder.ledger(stipend)).isEqualByComparingTo("3");
    assertThat(
            stipend.database.rows(
                "SELECT CAST(trim_scale(held) AS text) FROM stipend.budget_periods WHERE budget_id"
                    + " = '"
                    + id
                    + "'"))
        .containsExactly("0");
  }

  @Test
  void settleWithAnEventThatIsRecordedAlreadyCountsItOnce(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    stipend.record(EVENT);

    Answer settled = holder.settle(stipend, reserved, EVENT);

    assertThat(settled.status()).isEqualTo(200);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 3 held 0");
  }

  @Test
  void settleWithARecordedEventTellsItsCostInTheLedgerWhateverThePriceIsNow(Stipend stipend) {
    price(stipend, "2000-01-01T00:00:00Z", "2");
    String event = tokens("e-1");
    Answer reserved = holder.reserveWork(stipend, "\"estimatedCost\":\"4\"");
    stipend.record(event);
    price(stipend, "2026-06-01T00:00:00Z", "30");

    Answer settled = holder.settle(stipend, reserved, event);

    assertThat(settled.status()).as(settled.body()).isEqualTo(200);
    assertThat(settled.text("cost")).isEqualTo("2.00");
    assertThat(settled.text("overEstimate")).isEqualTo("0.00");
    assertThat(holder.ledger(stipend)).isEqualByComparingTo("2");
    assertThat(stipend.database.value("SELECT settled_cost FROM stipend.reservations"))
        .isEqualTo("2.000000000000");
  }

  @Test
  void settleWithARecordedEventThatWasPricedLateTellsThatPrice(Stipend stipend) {
    String event = tokens("e-1");
    Answer early = holder.reserveWork(stipend, "\"estimatedCost\":\"4\"");
    Answer late = holder.reserveWork(stipend, "\"estimatedCost\":\"4\"");
    stipend.record(event);
    assertThat(holder.settle(stipend, early, event).json().get("cost")).isNull();
    price(stipend, "2000-01-01T00:00:00Z", "3");

    assertThat(holder.settle(stipend, late, event).text("cost")).isEqualTo("3.00");
    assertThat(holder.ledger(stipend)).isEqualByComparingTo("3");
  }

  private static String tokens(String id) {
    return """
    {"eventId":"%s","occurredAt":"2026-06-15T12:00:00Z","userId":"u1","agentId":"a1","provider":"acme","model":"m-1",
     "inputTokens":1000000,"outputTokens":0}
    """
        .formatted(id);
  }

  private static void price(Stipend stipend, String from, String input) {
    Answer set =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"m-1","effectiveFrom":"%s","perMillion":{"input":"%s","output":"1"}}
            """
                .formatted(from, input));
    assertThat(set.status()).as(set.body()).isIn(200, 201);
  }

  @Test
  void settleWithTheIdOfAnotherEventIsRefusedAndKeepsTheHold(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    stipend.record(EVENT);

    Answer settled = holder.settle(stipend, reserved, "{\"eventId\":\"e-1\",\"cost\":\"2\"}");

    assertThat(settled.status()).isEqualTo(409);
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 3 held 4");
  }

  @Test
  void settleWithoutAnyMeasureIsRefusedByName(Stipend stipend) {
    Answer reserved = holder.reserve(stipend, "1");

    Answer settled = holder.settle(stipend, reserved, "{}");

    assertThat(settled.status()).isEqualTo(400);
    assertThat(settled.body()).contains("\"field\":\"cost\"");
  }

  @Test
  void aMessageCountsNoHoldThatHasExpired(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    holder.reserve(stipend, "1.5");
    stipend.clock.tick(Duration.ofMinutes(6));

    stipend.record(
        EVENT
            .replace("2026-06-15T12:00:00Z", stipend.clock.instant().toString())
            .replace("\"3\"", "\"8\""));

    assertThat(
            stipend.database.rows(
                "SELECT payload #>> '{spend,held}', payload #>> '{spend,remaining}' FROM"
                    + " stipend.alert_logs"))
        .containsExactly("0.00|2.00");
    assertThat(holder.usage(stipend, id, "u1").text("remaining")).isEqualTo("2.00");
  }
}
