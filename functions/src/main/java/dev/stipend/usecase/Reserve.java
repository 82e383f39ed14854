package dev.stipend.usecase;

import dev.stipend.budget.UnverifiableBudget;
import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.Estimate;
import dev.stipend.enforcement.Estimator;
import dev.stipend.enforcement.HoldRepository;
import dev.stipend.enforcement.Placement;
import dev.stipend.enforcement.Refusals;
import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.enforcement.UnknownPriceException;
import dev.stipend.enforcement.UnverifiableException;
import dev.stipend.enforcement.Work;
import dev.stipend.enforcement.headroom.CountedWork;
import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.enforcement.headroom.HeadroomCache;
import dev.stipend.enforcement.headroom.HeadroomReading;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Autocommit;
import dev.stipend.platform.sql.ContentionException;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.KeyReusedException;
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
public class Reserve {
  /// Every refused statement means that somebody else has taken the headroom or edited a budget
  /// meanwhile, and nearly always that the next reading decides.
  private static final int MOST_ATTEMPTS = 100;

  private static final String UNIQUE_VIOLATION = "23505";

  private final HeadroomCache headrooms;
  private final Estimator estimator;
  private final Placement placement;
  private final HoldRepository holds;
  private final ReservationRepository reservations;
  private final Refusals refusals;
  private final RowIds ids;
  private final Autocommit autocommit;

  Reserve(
      HeadroomCache headrooms,
      Estimator estimator,
      Placement placement,
      HoldRepository holds,
      ReservationRepository reservations,
      Refusals refusals,
      RowIds ids,
      Autocommit autocommit) {
    this.headrooms = headrooms;
    this.estimator = estimator;
    this.placement = placement;
    this.holds = holds;
    this.reservations = reservations;
    this.refusals = refusals;
    this.ids = ids;
    this.autocommit = autocommit;
  }

  /// Whether the work would be admitted now. Holds nothing.
  ///
  /// @throws UnknownPriceException if its cost cannot be estimated
  /// @throws UnverifiableException if a budget that is closed then cannot be read
  @Connectable
  public Decision validate(Caller caller, Work work, Instant now) {
    Estimate.Elastic estimate = estimator.estimate(caller.workspace(), work, now);
    HeadroomReading left = headrooms.read(counted(caller, work), now);
    Decision decision = decide(estimate, left);
    return decision.isAllowed() ? decision : refusals.write(caller, work, decision, now);
  }

  /// Holds the estimated cost of the work on every budget that counts it, or on none.
  ///
  /// @param expiresAt when the hold ends by itself
  /// @param answer what the same request is to be answered if it comes again
  /// @throws UnknownPriceException if its cost cannot be estimated
  /// @throws KeyReusedException if the key came first with another request
  /// @throws UnverifiableException if a budget that is closed then cannot be read
  @Connectable
  public ReserveOutcome reserve(
      Caller caller,
      Work work,
      Instant expiresAt,
      Optional<RequestKey> key,
      Instant now,
      Function<ReserveOutcome.Reserved, String> answer) {
    Optional<ReserveOutcome> before = key.flatMap(known -> repeated(caller, known));
    if (before.isPresent()) {
      return before.get();
    }
    CountedWork counted = counted(caller, work);
    Estimate.Elastic estimate = estimator.estimate(caller.workspace(), work, now);
    Optional<HeadroomReading> known =
        headrooms.recall(counted, now).filter(reading -> isEasy(estimate, reading));
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      // What was read or written before may have been a transaction of its own.
      autocommit.restore();
      HeadroomReading reading = known.orElseGet(() -> headrooms.find(counted, now));
      known = Optional.empty();
      Decision decision = decide(estimate, reading);
      if (!decision.isAllowed()) {
        return new ReserveOutcome.Refused(refusals.write(caller, work, decision, now));
      }
      List<UUID> occupied = occupied(decision);
      if (!occupied.isEmpty()) {
        holds.expire(caller.workspace().id(), occupied, now);
        continue;
      }
      try {
        Optional<ReserveOutcome.Reserved> placed =
            placement.place(caller, work, decision, reading.stamp(), expiresAt, key, now, answer);
        if (placed.isPresent()) {
          List<Headroom> left = placed.get().decision().budgets();
          headrooms.remember(counted, reading.after(left));
          return placed.get();
        }
      } catch (DataAccessException failure) {
        if (key.isPresent() && FailureCause.hasState(failure, UNIQUE_VIOLATION)) {
          return repeated(caller, key.get()).orElseThrow(() -> failure);
        }
        if (!FailureCause.hasState(failure, HoldRepository.REFUSED)) {
          throw failure;
        }
      }
    }
    throw new ContentionException("The headroom changed too often to be held");
  }

  /// Whether these figures leave nothing to be decided, so that it is worth trying to place the
  /// full estimate on them unread.
  private static boolean isEasy(Estimate.Elastic estimate, HeadroomReading reading) {
    Money cost = estimate.full().cost();
    return reading.unverifiable().isEmpty()
        && reading.budgets().stream()
            .noneMatch(budget -> budget.denies(cost) || budget.needsExpiry(cost));
  }

  private static List<UUID> occupied(Decision decision) {
    return decision.budgets().stream()
        .filter(budget -> budget.needsExpiry(decision.estimate().cost()))
        .map(Headroom::budgetId)
        .toList();
  }

  private static CountedWork counted(Caller caller, Work work) {
    return new CountedWork(caller.workspace(), work.who(), work.tags());
  }

  private Decision decide(Estimate.Elastic estimate, HeadroomReading reading) {
    List<Headroom> budgets = reading.budgets();
    List<UnverifiableBudget> unknown = reading.unverifiable();
    Decision decision =
        new Decision(ids.next(), estimate.fitting(budgets), budgets, unknown.isEmpty());
    Optional<UnverifiableBudget> closed =
        unknown.stream().filter(budget -> !budget.open()).findFirst();
    if (decision.isAllowed() && closed.isPresent()) {
      throw new UnverifiableException(closed.get());
    }
    return decision;
  }

  private Optional<ReserveOutcome> repeated(Caller caller, RequestKey key) {
    return reservations
        .remembered(caller.workspace().id(), key)
        .map(
            first -> {
              if (!first.sameRequest()) {
                throw new KeyReusedException(key.key());
              }
              return new ReserveOutcome.Repeated(first.answer());
            });
  }
}
