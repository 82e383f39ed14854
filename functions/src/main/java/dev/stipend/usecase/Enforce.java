package dev.stipend.usecase;

import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.Estimate;
import dev.stipend.enforcement.FailureRules;
import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.enforcement.UnverifiableException;
import dev.stipend.enforcement.Work;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enforcement as callers meet it: what {@link Reserve} decides, and when the database does
/// not answer, what the budgets have said should happen then. That others hold what a request needs
/// is no such case: it is tried again, and then fails as {@link FailureCause#CONTENTION}.
@Singleton
public class Enforce {
  private static final Logger LOG = LoggerFactory.getLogger(Enforce.class);

  private final Reserve reservations;
  private final FailureRules rules;
  private final RowIds ids;

  Enforce(Reserve reservations, FailureRules rules, RowIds ids) {
    this.reservations = reservations;
    this.rules = rules;
    this.ids = ids;
  }

  /// As {@link Reserve#validate}.
  ///
  /// @throws UnverifiableException if the database does not answer, and a budget is closed then
  public Decision validate(Caller caller, Work work, Instant now) {
    try {
      Decision decision = reservations.validate(caller, work, now);
      rules.refresh(caller.workspace(), now);
      return decision;
    } catch (RuntimeException failure) {
      return unverified(caller, work, failure);
    }
  }

  /// What holds while the database is known not to answer.
  ///
  /// @throws UnverifiableException if a budget is closed then
  public Decision withoutDatabase(Caller caller, Work work) {
    if (!rules.areOpen(caller.workspace(), work)) {
      throw new UnverifiableException();
    }
    return new Decision(ids.next(), Estimate.of(Money.ZERO), List.of(), false);
  }

  /// As {@link Reserve#reserve}.
  ///
  /// @throws UnverifiableException if the database does not answer, and a budget is closed then
  public ReserveOutcome reserve(
      Caller caller,
      Work work,
      Instant expiresAt,
      Optional<RequestKey> key,
      Instant now,
      Function<ReserveOutcome.Reserved, String> answer) {
    try {
      ReserveOutcome outcome =
          Contention.retried(() -> reservations.reserve(caller, work, expiresAt, key, now, answer));
      rules.refresh(caller.workspace(), now);
      return outcome;
    } catch (RuntimeException failure) {
      return new ReserveOutcome.Unverified(unverified(caller, work, failure));
    }
  }

  private Decision unverified(Caller caller, Work work, RuntimeException failure) {
    if (FailureCause.of(failure) != FailureCause.OUTAGE) {
      throw failure;
    }
    LOG.error("The database does not answer", failure);
    return withoutDatabase(caller, work);
  }
}
