package dev.stipend.usecase;

import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReservationState;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Gives up what some work holds, for an admin, in one transaction with what the audit log says of
/// it. Work that gives up its own reservation writes no such entry.
@Singleton
public class ReleaseByHand {
  private final ReservationRepository reservations;
  private final SettleReservation settling;
  private final AuditLog audit;

  ReleaseByHand(ReservationRepository reservations, SettleReservation settling, AuditLog audit) {
    this.reservations = reservations;
    this.settling = settling;
    this.audit = audit;
  }

  /// Releases a reservation. Again, it changes nothing.
  ///
  /// @return empty if the caller's workspace has no such reservation
  /// @throws dev.stipend.enforcement.ReservationEndedException if it is settled
  @Transactional
  public Optional<Reservation> run(Caller caller, UUID id, Instant now) {
    UUID workspace = caller.workspace().id();
    boolean isHeld =
        reservations
            .lock(workspace, id)
            .filter(row -> row.reservation().state() == ReservationState.HELD)
            .isPresent();
    Optional<Reservation> released = settling.release(workspace, id, now);
    if (isHeld) {
      audit.write(
          workspace,
          new AuditEvent(caller.actor(), "reservation.release", "reservation " + id),
          now);
    }
    return released;
  }
}
