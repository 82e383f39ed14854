package dev.stipend.usecase;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.LedgerLock;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceBook;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.ingest.unpriced.UnpricedEvents.Claimed;
import dev.stipend.ingest.unpriced.UnpricedEvents.Position;
import dev.stipend.ingest.unpriced.UnpricedSelection;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Corrects recorded events that wait for a price because their senders named no model, or a wrong
/// one.
///
/// The ledger is append-only, so two adjustments correct an event, at its own time: one takes back
/// what counted meanwhile, under the names that it was recorded with, and ends its waiting; the
/// other counts its cost under the model that it was of. Its request and its tokens stay where they
/// are. Each event is corrected exactly once: who locks it among the waiting is the one to do so
/// ({@link PriceLateUsage} too), in one transaction with the audit log.
@Singleton
public class AssignModel {
  /// Events of one transaction, as of an import.
  public static final int AT_ONCE = 10_000;

  private final LedgerLock lock;
  private final UnpricedEvents unpriced;
  private final RecordingSteps recording;
  private final PriceBookRepository prices;
  private final AuditLog log;
  private final JsonText json;

  AssignModel(
      LedgerLock lock,
      UnpricedEvents unpriced,
      RecordingSteps recording,
      PriceBookRepository prices,
      AuditLog log,
      JsonText json) {
    this.lock = lock;
    this.unpriced = unpriced;
    this.recording = recording;
    this.prices = prices;
    this.log = log;
    this.json = json;
  }

  /// What was done.
  ///
  /// @param events how many were corrected
  /// @param cost what they cost in all
  /// @param remaining how many of those that are meant wait all the same: beyond {@link #AT_ONCE},
  ///     or because the model had no price when they happened
  public record Assigned(int events, Money cost, long remaining) {}

  /// Gives events their model.
  ///
  /// @param to the model, as senders name it; {@link ModelName#CEILING} for the ceiling as their
  ///     price, where nobody knows the model
  /// @param actor who says so, for the audit log
  @Transactional
  public Assigned assign(
      Workspace workspace, UnpricedSelection which, ModelName to, String actor, Instant now) {
    lock.recording(workspace.id());
    PriceBook book = prices.load(workspace.id(), workspace.currency(), Set.of(to));
    List<UsageEvent> events = new ArrayList<>();
    List<PricedEvent> adjustments = new ArrayList<>();
    Money total = Money.ZERO;
    for (Claimed claimed : claim(workspace, which, to, book)) {
      UsageEvent event = claimed.event();
      Optional<Money> cost = cost(book, to, event);
      if (cost.isPresent()) {
        events.add(event);
        adjustments.addAll(adjustments(claimed, to, cost.get()));
        total = total.plus(cost.get());
      }
    }
    if (!events.isEmpty()) {
      unpriced.remove(workspace.id(), events);
    }
    Assigned assigned = new Assigned(events.size(), total, unpriced.count(workspace.id(), which));
    if (!events.isEmpty()) {
      log.write(workspace.id(), deed(actor, which, to, assigned), now);
      recording.write(workspace, adjustments, now);
    }
    return assigned;
  }

  /// The first events that the model has a price for.
  private List<Claimed> claim(
      Workspace workspace, UnpricedSelection which, ModelName to, PriceBook book) {
    Optional<Instant> from =
        to.equals(ModelName.CEILING)
            ? book.ceilingFrom(which.from())
            : book.pricedFrom(to, which.from());
    return from.map(first -> unpriced.claim(workspace.id(), which, Position.from(first), AT_ONCE))
        .orElse(List.of());
  }

  private static Optional<Money> cost(PriceBook book, ModelName to, UsageEvent event) {
    return to.equals(ModelName.CEILING)
        ? book.ceilingOf(event.tokens(), event.occurredAt())
        : book.costOf(to.provider(), to.model(), event.tokens(), event.occurredAt());
  }

  private static List<PricedEvent> adjustments(Claimed claimed, ModelName to, Money cost) {
    UsageEvent event = claimed.event();
    if (to.equals(ModelName.CEILING)) {
      return List.of(LateAdjustments.pricing(event, cost.minus(claimed.counted())));
    }
    Attribution was = event.attribution();
    Attribution is =
        new Attribution(
            was.userId(), was.agentId(), was.workflowId(), was.teamId(), to.provider(), to.model());
    return List.of(
        LateAdjustments.pricing(event, Money.ZERO.minus(claimed.counted())),
        LateAdjustments.counting(event, is, cost));
  }

  private AuditEvent deed(String actor, UnpricedSelection which, ModelName to, Assigned assigned) {
    Map<String, String> before = new TreeMap<>(shown(which.of().provider(), which.of().model()));
    before.put("from", which.from().toString());
    before.put("until", which.until().toString());
    before.put("userId", which.of().userId());
    before.put("agentId", which.of().agentId());
    before.put("workflowId", which.of().workflowId());
    before.put("teamId", which.of().teamId());
    Map<String, String> after = new TreeMap<>(shown(to.provider(), to.model()));
    after.put("events", Integer.toString(assigned.events()));
    after.put("cost", assigned.cost().toString());
    return new AuditEvent(
        actor,
        "usage.assign",
        "usage " + which.of().provider() + "/" + which.of().model(),
        Optional.of(json.write(before)),
        Optional.of(json.write(after)));
  }

  private static Map<String, String> shown(String provider, String model) {
    return Map.of("provider", provider, "model", model);
  }
}
