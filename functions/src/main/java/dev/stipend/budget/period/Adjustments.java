package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.ScopePair;
import dev.stipend.ingest.ledger.CorrectedEvent;
import dev.stipend.ingest.ledger.CorrectedEvents;
import dev.stipend.ingest.ledger.EventKind;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides which adjustments may lower spend, and has all of them in the audit log.
///
/// Whoever is not trusted takes back of an event at most what it cost, where it counted: what an
/// adjustment lowers, the event that it corrects has raised.
@Singleton
public class Adjustments {
  private static final String TRUSTED = "; a key of role admin may record any adjustment";

  private final CorrectedEvents corrected;
  private final BudgetRepository budgets;
  private final AuditLog log;
  private final JsonText json;

  Adjustments(CorrectedEvents corrected, BudgetRepository budgets, AuditLog log, JsonText json) {
    this.corrected = corrected;
    this.budgets = budgets;
    this.log = log;
    this.json = json;
  }

  /// Answers why events may not be recorded, by their ids, and notes what the others take back.
  ///
  /// @param fresh events whose ids are claimed
  public Map<String, String> refuse(
      Workspace workspace, List<PricedEvent> fresh, UsageSender sender) {
    List<UsageEvent> lowering =
        fresh.stream().map(PricedEvent::event).filter(Adjustments::isLowering).toList();
    if (lowering.isEmpty()) {
      return Map.of();
    }
    Map<String, CorrectedEvent> events = corrected(workspace.id(), fresh, lowering);
    Map<String, String> refused = new HashMap<>();
    Map<String, Money> refunds = new HashMap<>();
    for (UsageEvent adjustment : lowering) {
      Optional<CorrectedEvent> of = adjustment.corrects().map(events::get);
      Optional<String> reason =
          sender.trusted() ? Optional.empty() : reason(workspace, adjustment, of);
      reason.ifPresent(why -> refused.put(adjustment.eventId(), why + TRUSTED));
      if (reason.isEmpty() && of.isPresent()) {
        Money amount = Money.ZERO.minus(adjustment.cost().orElse(Money.ZERO));
        String id = of.get().event().eventId();
        events.put(id, of.get().refund(amount));
        refunds.merge(id, amount, Money::plus);
      }
    }
    if (!refunds.isEmpty()) {
      corrected.refund(workspace.id(), refunds);
    }
    return refused;
  }

  private static boolean isLowering(UsageEvent event) {
    return event.kind() == EventKind.ADJUSTMENT
        && event.cost().filter(Money::isNegative).isPresent();
  }

  /// What the adjustments correct, of the ledger or of the same batch.
  private Map<String, CorrectedEvent> corrected(
      UUID workspace, List<PricedEvent> fresh, List<UsageEvent> adjustments) {
    Set<String> ids =
        adjustments.stream().flatMap(each -> each.corrects().stream()).collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, CorrectedEvent> events = corrected.lock(workspace, ids);
    fresh.stream()
        .filter(each -> ids.contains(each.event().eventId()))
        .forEach(each -> events.put(each.event().eventId(), CorrectedEvent.of(each)));
    return events;
  }

  private Optional<String> reason(
      Workspace workspace, UsageEvent adjustment, Optional<CorrectedEvent> of) {
    if (adjustment.corrects().isEmpty()) {
      return Optional.of("corrects is required, as cost is negative: name the event to correct");
    }
    if (of.isEmpty()) {
      return Optional.of("corrects names no event of the last 35 days");
    }
    Instant corrected = of.get().event().occurredAt();
    return of.get().refusal(adjustment).or(() -> elsewhere(workspace, adjustment, corrected));
  }

  private Optional<String> elsewhere(
      Workspace workspace, UsageEvent adjustment, Instant corrected) {
    return countsApart(workspace, adjustment, corrected)
        .map(
            name ->
                "occurredAt falls in another period of %s than the event it corrects, which occurred at %s"
                    .formatted(name, corrected));
  }

  /// The name of a budget that would count an adjustment in another period than the event that it
  /// corrects; empty where each counts both in one, or the adjustment not at all.
  private Optional<String> countsApart(
      Workspace workspace, UsageEvent adjustment, Instant corrected) {
    if (adjustment.occurredAt().equals(corrected)) {
      return Optional.empty();
    }
    List<ScopePair> lookups =
        ScopePair.of(workspace, adjustment.attribution(), adjustment.tags()).stream()
            .map(CountedBatch::lookup)
            .distinct()
            .toList();
    return budgets.findByScope(workspace.id(), lookups).stream()
        .flatMap(stored -> stored instanceof Budget budget ? Stream.of(budget) : Stream.empty())
        .filter(
            budget -> {
              Optional<Period> period = periodOf(budget, adjustment.occurredAt());
              return period.isPresent() && !period.equals(periodOf(budget, corrected));
            })
        .findFirst()
        .map(budget -> "budget \"" + budget.name() + "\"");
  }

  private static Optional<Period> periodOf(Budget budget, Instant at) {
    return at.isBefore(budget.countsFrom()) ? Optional.empty() : budget.cadence().periodAt(at);
  }

  /// Writes adjustments to the audit log, in the transaction that records them.
  public void audit(UUID workspace, List<PricedEvent> recorded, UsageSender sender, Instant now) {
    List<AuditEvent> deeds =
        recorded.stream()
            .map(PricedEvent::event)
            .filter(event -> event.kind() == EventKind.ADJUSTMENT)
            .map(
                event ->
                    new AuditEvent(sender.actor(), "usage.adjust", "event " + event.eventId())
                        .resultingIn(json.write(told(event))))
            .toList();
    if (!deeds.isEmpty()) {
      log.write(workspace, deeds, now);
    }
  }

  private static Map<String, String> told(UsageEvent event) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("cost", event.cost().orElse(Money.ZERO).toString());
    told.put("occurredAt", event.occurredAt().toString());
    event.corrects().ifPresent(id -> told.put("corrects", id));
    told.putAll(event.attribution().known());
    return told;
  }
}
