package dev.stipend.usecase;

import dev.stipend.enforcement.EventTakenException;
import dev.stipend.enforcement.HoldRepository;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationEndedException;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReservationState;
import dev.stipend.enforcement.Settlement;
import dev.stipend.ingest.ledger.CorrectedEvent;
import dev.stipend.ingest.ledger.CorrectedEvents;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.FreedHold;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.RecordingSteps.Appended;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Ends reservations: by what their work came to, or without any.
@Singleton
public class SettleReservation {
  private static final List<String> MEASURES = List.of("cost", "inputTokens", "outputTokens");

  /// Records no adjustments.
  private static final UsageSender SENDER = new UsageSender("reservation", false);

  private final ReservationRepository reservations;
  private final HoldRepository holds;
  private final RecordingSteps recording;
  private final CorrectedEvents recorded;

  SettleReservation(
      ReservationRepository reservations,
      HoldRepository holds,
      RecordingSteps recording,
      CorrectedEvents recorded) {
    this.reservations = reservations;
    this.holds = holds;
    this.recording = recording;
    this.recorded = recorded;
  }

  /// Records what the work used, and ends the hold. Works late: after expiry, after a release, in a
  /// later period. The same again changes nothing.
  ///
  /// @param sent a usage event as JSON; what it does not tell is what was reserved for, its time is
  ///     now, and its id is made of the reservation's
  /// @param digest of what was sent
  /// @return empty if there is no such reservation
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  /// @throws ReservationEndedException if it was settled with something else
  /// @throws EventTakenException if the event's id belongs to another event
  @Transactional
  public Optional<Settlement> settle(
      Workspace workspace, UUID id, Map<?, ?> sent, byte[] digest, Instant now) {
    return reservations
        .lock(workspace.id(), id)
        .map(
            row ->
                row.reservation().state() == ReservationState.SETTLED
                    ? repeated(row, digest)
                    : settle(workspace, row, sent, digest, now));
  }

  private static Settlement repeated(ReservationRepository.Row row, byte[] digest) {
    Reservation settled = row.reservation();
    if (row.settlementDigest().filter(known -> MessageDigest.isEqual(known, digest)).isEmpty()) {
      throw new ReservationEndedException(
          "The reservation is settled already, with other usage (event %s). Correct that event with an adjustment."
              .formatted(settled.settledEventId().orElse("")));
    }
    boolean late = settled.finishedAt().filter(at -> !at.isBefore(settled.expiresAt())).isPresent();
    return new Settlement(
        settled, settled.settledEventId().orElse(""), settled.settledCost(), late);
  }

  private Settlement settle(
      Workspace workspace,
      ReservationRepository.Row row,
      Map<?, ?> sent,
      byte[] digest,
      Instant now) {
    UsageEvent event =
        UsageEventReader.live(workspace.currency(), now).read(completed(row, sent, now));
    if (event.kind() == EventKind.ADJUSTMENT) {
      throw new InvalidJsonException(
          "kind", "must be usage: a reservation is settled with what the work used");
    }
    UUID id = row.reservation().id();
    List<FreedHold> freed = holds.delete(workspace.id(), id);
    Appended appended = recording.append(workspace, List.of(event), SENDER, now);
    if (appended.outcomes().getFirst() instanceof RecordOutcome.Refused refused) {
      if (refused.equals(RecordOutcome.CONFLICT)) {
        throw new EventTakenException(event.eventId());
      }
      throw new ReservationEndedException(
          "The reservation is not settled, because event %s is rejected: %s."
              .formatted(event.eventId(), refused.reason()));
    }
    // The holds end whether or not the event is new.
    recording.count(workspace, appended.fresh(), freed, now);
    Optional<Money> cost =
        appended.fresh().isEmpty() ? costOf(workspace, event) : appended.fresh().getFirst().cost();
    Settlement settlement =
        new Settlement(row.reservation(), event.eventId(), cost, !row.reservation().isLive(now));
    reservations.settle(workspace.id(), id, settlement, digest, now);
    return settlement;
  }

  /// What counts for an event that was recorded before, whatever the price book says by now; empty
  /// when nobody knows its price and no ceiling counts meanwhile.
  private Optional<Money> costOf(Workspace workspace, UsageEvent event) {
    return Optional.ofNullable(
            recorded.lock(workspace.id(), List.of(event.eventId())).get(event.eventId()))
        .flatMap(CorrectedEvent::cost);
  }

  /// The event that was sent, with what it leaves out. What is null is left out too.
  private static Map<String, Object> completed(
      ReservationRepository.Row row, Map<?, ?> sent, Instant now) {
    if (MEASURES.stream().noneMatch(measure -> sent.get(measure) != null)) {
      JsonFields fields = JsonFields.of(sent);
      fields.error("cost", "is required, or inputTokens and outputTokens");
      fields.check();
    }
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventId", "reservation:" + row.reservation().id());
    event.put("occurredAt", now);
    if (ExactJson.parse(row.request()) instanceof Map<?, ?> reservedFor) {
      reservedFor.forEach((name, value) -> event.put(String.valueOf(name), value));
    }
    sent.forEach(
        (name, value) -> {
          if (value != null) {
            event.put(String.valueOf(name), value);
          }
        });
    return event;
  }

  /// Gives a reservation up. Again, it changes nothing.
  ///
  /// @return empty if there is no such reservation
  /// @throws ReservationEndedException if it is settled
  @Transactional
  public Optional<Reservation> release(UUID workspace, UUID id, Instant now) {
    Optional<Reservation> found = reservations.lock(workspace, id).map(row -> row.reservation());
    found.ifPresent(reservation -> release(workspace, reservation, now));
    return found.flatMap(released -> reservations.find(workspace, id));
  }

  private void release(UUID workspace, Reservation reservation, Instant now) {
    switch (reservation.state()) {
      case SETTLED ->
          throw new ReservationEndedException("The reservation is settled; its cost is recorded.");
      case RELEASED -> {
        // As it was.
      }
      case HELD -> {
        holds.free(workspace, reservation.id(), now);
        reservations.release(workspace, reservation.id(), now);
      }
    }
  }

  /// Has a reservation hold until later. Never shortens it.
  ///
  /// @return empty if there is no such reservation
  /// @throws ReservationEndedException if it holds nothing any more
  @Transactional
  public Optional<Reservation> extend(UUID workspace, UUID id, Instant until, Instant now) {
    Optional<Reservation> found = reservations.lock(workspace, id).map(row -> row.reservation());
    found.ifPresent(
        reservation -> {
          if (!reservation.isLive(now)) {
            throw new ReservationEndedException(
                reservation.state() == ReservationState.HELD
                    ? "The reservation expired at " + reservation.expiresAt() + "; reserve again."
                    : "The reservation has ended; reserve again.");
          }
          if (until.isAfter(reservation.expiresAt())) {
            reservations.extend(workspace, id, until);
          }
        });
    return found.flatMap(extended -> reservations.find(workspace, id));
  }
}
