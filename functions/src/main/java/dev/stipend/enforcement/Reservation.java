package dev.stipend.enforcement;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Headroom held for work.
///
/// @param id its identity within the workspace
/// @param amount what it takes from each budget that counts the work
/// @param state where it is in its life
/// @param expiresAt when it stops holding, unless it ends before
/// @param createdAt when it was made
/// @param finishedAt when it was settled or released
/// @param settledEventId the event that it was settled with
/// @param settledCost what that event cost; empty while nobody knows its price
public record Reservation(
    UUID id,
    Money amount,
    ReservationState state,
    Instant expiresAt,
    Instant createdAt,
    Optional<Instant> finishedAt,
    Optional<String> settledEventId,
    Optional<Money> settledCost) {

  static Reservation held(UUID id, Money amount, Instant expiresAt, Instant createdAt) {
    return new Reservation(
        id,
        amount,
        ReservationState.HELD,
        expiresAt,
        createdAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// How it stands at an instant.
  public ReservationStanding standing(Instant now) {
    return switch (state) {
      case HELD -> isLive(now) ? ReservationStanding.HELD : ReservationStanding.EXPIRED;
      case SETTLED -> ReservationStanding.SETTLED;
      case RELEASED -> ReservationStanding.RELEASED;
    };
  }

  /// Whether it holds headroom.
  public boolean isLive(Instant now) {
    return state == ReservationState.HELD && now.isBefore(expiresAt);
  }
}
