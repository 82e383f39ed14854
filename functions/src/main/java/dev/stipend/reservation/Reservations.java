package dev.stipend.reservation;

import dev.stipend.budget.Headroom;
import dev.stipend.budget.Headrooms;
import dev.stipend.idempotency.KeyReusedException;
import dev.stipend.sql.Outage;
import dev.stipend.sql.RowIds;
import dev.stipend.workspace.Caller;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Decides about work, and holds headroom for it.
@Singleton
public class Reservations {
  /// Seconds after which the database is taken not to answer.
  static final int PATIENCE = 3;

  /// Every refused statement means that somebody else has taken the headroom meanwhile, and nearly
  /// always that the next reading finds none.
  private static final int MOST_ATTEMPTS = 100;

  private static final String UNIQUE_VIOLATION = "23505";
  private static final String DEADLOCK = "40P01";

  private final Headrooms headrooms;
  private final Estimator estimator;
  private final Placement placement;
  private final Holds holds;
  private final ReservationRepository reservations;
  private final Refusals refusals;
  private final RowIds ids;

  Reservations(
      Headrooms headrooms,
      Estimator estimator,
      Placement placement,
      Holds holds,
      ReservationRepository reservations,
      Refusals refusals,
      RowIds ids) {
    this.headrooms = headrooms;
    this.estimator = estimator;
    this.placement = placement;
    this.holds = holds;
    this.reservations = reservations;
    this.refusals = refusals;
    this.ids = ids;
  }

  /// Whether the work would be admitted now. Holds nothing.
  ///
  /// @throws UnknownPriceException if its cost cannot be estimated
  @Connectable
  public Decision validate(Caller caller, Work work, Instant now) {
    Estimate.Elastic estimate = estimator.estimate(caller.workspace(), work, now);
    Decision decision = decide(caller, work, estimate, now);
    return decision.isAllowed() ? decision : refusals.write(caller, work, decision, now);
  }

  /// Holds the estimated cost of the work on every budget that counts it, or on none.
  ///
  /// @param expiresAt when the hold ends by itself
  /// @param answer what the same request is to be answered if it comes again
  /// @throws UnknownPriceException if its cost cannot be estimated
  /// @throws KeyReusedException if the key came first with another request
  @Connectable
  public Outcome reserve(
      Caller caller,
      Work work,
      Instant expiresAt,
      Optional<RequestKey> key,
      Instant now,
      Function<Outcome.Reserved, String> answer) {
    Optional<Outcome> before = key.flatMap(known -> repeated(caller, known));
    if (before.isPresent()) {
      return before.get();
    }
    UUID workspace = caller.workspace().id();
    Estimate.Elastic estimate = estimator.estimate(caller.workspace(), work, now);
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Decision decision = decide(caller, work, estimate, now);
      if (!decision.isAllowed()) {
        return new Outcome.Refused(refusals.write(caller, work, decision, now));
      }
      List<UUID> occupied =
          decision.budgets().stream()
              .filter(budget -> budget.needsExpiry(decision.estimate().cost()))
              .map(Headroom::budgetId)
              .toList();
      if (!occupied.isEmpty()) {
        holds.expire(workspace, occupied, now);
        continue;
      }
      try {
        return placement.place(caller, work, decision, expiresAt, key, now, answer);
      } catch (DataAccessException failure) {
        if (key.isPresent() && Outage.hasState(failure, UNIQUE_VIOLATION)) {
          return repeated(caller, key.get()).orElseThrow(() -> failure);
        }
        if (!Outage.hasState(failure, Holds.REFUSED) && !Outage.hasState(failure, DEADLOCK)) {
          throw failure;
        }
      }
    }
    throw new IllegalStateException("The headroom changed too often to be held");
  }

  public Optional<Reservation> find(UUID workspace, UUID id) {
    return reservations.find(workspace, id);
  }

  /// A page of reservations, newest first.
  public List<Reservation> page(
      UUID workspace, Optional<ReservationState> state, UUID idBefore, int limit) {
    return reservations.page(workspace, state, idBefore, limit);
  }

  private Decision decide(Caller caller, Work work, Estimate.Elastic estimate, Instant now) {
    List<Headroom> budgets =
        headrooms.find(caller.workspace(), work.who(), work.tags(), now, PATIENCE);
    return new Decision(ids.next(), estimate.fitting(budgets), budgets, true);
  }

  private Optional<Outcome> repeated(Caller caller, RequestKey key) {
    return reservations
        .remembered(caller.workspace().id(), key)
        .map(
            first -> {
              if (!first.sameRequest()) {
                throw new KeyReusedException(key.key());
              }
              return new Outcome.Repeated(first.answer());
            });
  }
}
