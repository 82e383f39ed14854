package dev.stipend.api;

import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.reservation.Outcome;
import dev.stipend.reservation.Reservation;
import dev.stipend.reservation.ReservationState;
import dev.stipend.reservation.Settlement;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// A reservation as the API shows it.
///
/// @param amount what it takes from each budget that counts the work
/// @param state `held`, `expired`, `settled` or `released`
/// @param maxOutputTokens how many tokens may be generated for it, where fewer than asked
/// @param decisionId names the decision, in the answer to the request that made it
/// @param budgets the budgets with what it left, in that answer
/// @param eventId the usage event that it was settled with
/// @param cost what that cost; absent while nobody knows its price
/// @param overEstimate by how much that is more than was held
/// @param late whether it held nothing any more when it was settled
@Serdeable
record ReservationResponse(
    UUID id,
    Money amount,
    String state,
    Instant expiresAt,
    Instant createdAt,
    Optional<Instant> finishedAt,
    OptionalLong maxOutputTokens,
    Optional<UUID> decisionId,
    Optional<List<ConsideredBudget>> budgets,
    Optional<String> eventId,
    Optional<Money> cost,
    Optional<Money> overEstimate,
    Optional<Boolean> late) {

  static ReservationResponse of(Reservation reservation, Instant now) {
    return new ReservationResponse(
        reservation.id(),
        reservation.amount(),
        state(reservation, now),
        reservation.expiresAt(),
        reservation.createdAt(),
        reservation.finishedAt(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        reservation.settledEventId(),
        reservation.settledCost(),
        Optional.empty(),
        Optional.empty());
  }

  static ReservationResponse of(Outcome.Reserved reserved, Instant now) {
    ReservationResponse plain = of(reserved.reservation(), now);
    return new ReservationResponse(
        plain.id,
        plain.amount,
        plain.state,
        plain.expiresAt,
        plain.createdAt,
        plain.finishedAt,
        reserved.decision().estimate().maxOutputTokens(),
        Optional.of(reserved.decision().id()),
        Optional.of(
            reserved.decision().budgets().stream().map(ConsideredBudget::admitting).toList()),
        plain.eventId,
        plain.cost,
        plain.overEstimate,
        plain.late);
  }

  static ReservationResponse of(Settlement settlement, Instant now) {
    ReservationResponse plain = of(settlement.reservation(), now);
    return new ReservationResponse(
        plain.id,
        plain.amount,
        "settled",
        plain.expiresAt,
        plain.createdAt,
        Optional.of(plain.finishedAt.orElse(now)),
        plain.maxOutputTokens,
        plain.decisionId,
        plain.budgets,
        Optional.of(settlement.eventId()),
        settlement.cost(),
        Optional.of(settlement.overEstimate()),
        Optional.of(settlement.late()));
  }

  private static String state(Reservation reservation, Instant now) {
    return reservation.state() == ReservationState.HELD && !reservation.isLive(now)
        ? "expired"
        : Labels.of(reservation.state());
  }
}
