package dev.stipend.console.reservation;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationRepository.HeldBudget;
import dev.stipend.enforcement.ReservationStanding;
import dev.stipend.platform.json.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// A reservation in words.
///
/// @param age how long ago it was made
/// @param budgets those that it takes from
/// @param isHeld whether it holds headroom, and can be released
public record ReservationRow(
    String id,
    Shown amount,
    Shown createdAt,
    String age,
    Shown expiresAt,
    String standing,
    List<HeldBudget> budgets,
    boolean isHeld) {
  static ReservationRow of(
      Reservation reservation,
      List<HeldBudget> budgets,
      String currency,
      ZoneId zone,
      ConsoleText text,
      Instant now) {
    ReservationStanding standing = reservation.standing(now);
    return new ReservationRow(
        reservation.id().toString(),
        text.amount(reservation.amount(), currency),
        text.time(reservation.createdAt(), zone),
        age(Duration.between(reservation.createdAt(), now), text),
        text.time(reservation.expiresAt(), zone),
        text.say("reservations." + Labels.of(standing)),
        budgets,
        standing == ReservationStanding.HELD);
  }

  private static String age(Duration age, ConsoleText text) {
    if (age.toHours() > 0) {
      return text.counted("reservations.hours", age.toHours());
    }
    return age.toMinutes() > 0
        ? text.counted("reservations.minutes", age.toMinutes())
        : text.counted("reservations.seconds", Math.max(age.toSeconds(), 0));
  }
}
