package dev.stipend.http.reservation;

import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationStanding;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.enforcement.Settlement;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
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
    return of(reservation, Optional.empty(), Optional.empty(), now);
  }

  static ReservationResponse of(ReserveOutcome.Reserved reserved, Instant now) {
    return of(reserved.reservation(), Optional.of(reserved.decision()), Optional.empty(), now);
  }

  static ReservationResponse of(Settlement settlement, Instant now) {
    return of(settlement.reservation(), Optional.empty(), Optional.of(settlement), now);
  }

  /// @param made the decision, in the answer to the request that made it
  /// @param end what it came to, in the answer to the request that settled it
  private static ReservationResponse of(
      Reservation held, Optional<Decision> made, Optional<Settlement> end, Instant now) {
    return new ReservationResponse(
        held.id(),
        held.amount(),
        Labels.of(end.isPresent() ? ReservationStanding.SETTLED : held.standing(now)),
        held.expiresAt(),
        held.createdAt(),
        held.finishedAt().or(() -> end.map(settled -> now)),
        made.map(decision -> decision.estimate().maxOutputTokens()).orElse(OptionalLong.empty()),
        made.map(Decision::id),
        made.map(decision -> decision.budgets().stream().map(ConsideredBudget::admitting).toList()),
        end.map(Settlement::eventId).or(held::settledEventId),
        end.map(Settlement::cost).orElseGet(held::settledCost),
        end.map(Settlement::overEstimate),
        end.map(Settlement::late));
  }
}
