package dev.stipend.reservation;

import dev.stipend.budget.KeptForATime;
import dev.stipend.reservation.ReservationRepository.Forgotten;
import dev.stipend.workspace.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Reservations that were settled or released, or that expired and hold nothing more.
@Singleton
final class EndedReservations implements KeptForATime {
  /// As long as the ids of events are remembered, and with them whether a settlement is a new one.
  static final Duration KEPT = Duration.ofDays(35);

  private static final int AT_ONCE = 2_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final ReservationRepository reservations;
  private final WorkspaceRepository workspaces;

  EndedReservations(ReservationRepository reservations, WorkspaceRepository workspaces) {
    this.reservations = reservations;
    this.workspaces = workspaces;
  }

  @Override
  public String counted() {
    return "reservationsPruned";
  }

  @Override
  public int prune(Instant now) {
    Instant end = now.minus(KEPT);
    return workspaces.list().stream().mapToInt(workspace -> prune(workspace.id(), end)).sum();
  }

  private int prune(UUID workspace, Instant end) {
    int total = 0;
    Optional<UUID> after = Optional.of(BEFORE_ALL);
    while (after.isPresent()) {
      Forgotten forgotten = reservations.forgetEnded(workspace, after.get(), AT_ONCE, end);
      total += forgotten.count();
      after = forgotten.next();
    }
    return total;
  }
}
