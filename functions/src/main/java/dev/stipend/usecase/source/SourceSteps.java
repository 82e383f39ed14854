package dev.stipend.usecase.source;

import dev.stipend.ingest.ledger.EventDigest;
import dev.stipend.ingest.ledger.EventPricing;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.ledger.UsageEventIds;
import dev.stipend.ingest.ledger.UsageLogs;
import dev.stipend.ingest.monthly.UntoldMonths;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.RecordOutcome.Known;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.ingest.source.SourceCursor;
import dev.stipend.ingest.source.SourceCursors;
import dev.stipend.ingest.source.SourcePage;
import dev.stipend.ingest.source.SourceRecords;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.ingest.unpriced.LateAdjustments;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.RecordHistory;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The transaction that records rows of a source: their events, what is kept of those that are
/// none, and how far the cursor has come with them.
@Singleton
class SourceSteps {
  private final RecordHistory history;
  private final EventPricing pricing;
  private final UsageEventIds ids;
  private final UsageLogs logs;
  private final UnpricedEvents unpriced;
  private final SourceCursors cursors;
  private final SourceRecords records;
  private final UntoldMonths months;

  SourceSteps(
      RecordHistory history,
      EventPricing pricing,
      UsageEventIds ids,
      UsageLogs logs,
      UnpricedEvents unpriced,
      SourceCursors cursors,
      SourceRecords records,
      UntoldMonths months) {
    this.history = history;
    this.pricing = pricing;
    this.ids = ids;
    this.logs = logs;
    this.unpriced = unpriced;
    this.cursors = cursors;
    this.records = records;
    this.months = months;
  }

  /// Somebody else has read the same rows meanwhile.
  static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Records rows.
  ///
  /// @param cursor behind which they are; empty for rows that are looked at again
  /// @param refusal why the database refuses the only row; empty if nobody knows of any
  @Transactional
  void record(
      Workspace workspace,
      SpendSource source,
      Optional<SourceCursor> cursor,
      SourcePage page,
      Optional<String> refusal,
      Instant now) {
    if (cursor.isPresent()
        && !cursors.advance(source, cursor.get(), cursor.get().after(page.last(), page.size()))) {
      throw new OvertakenException();
    }
    refusal.ifPresent(reason -> page.refuseAll(reason));
    List<UsageEvent> events = page.events();
    boolean isNew = cursor.filter(SourceCursor::isOfNewRows).isPresent();
    List<UsageEvent> unknown = isNew ? events : unknown(workspace, events, page, now);
    List<RecordOutcome> outcomes =
        unknown.isEmpty() ? List.of() : history.record(workspace, unknown, sender(source), now);
    for (int i = 0; i < outcomes.size(); i++) {
      UsageEvent event = unknown.get(i);
      switch (outcomes.get(i)) {
        case Known.RECORDED, Known.UNPRICED -> page.recorded(event);
        case Known.DUPLICATE -> page.known(event);
        case RecordOutcome.Refused refused -> {
          if (refused.equals(RecordOutcome.CONFLICT)) {
            change(workspace, event, page, now);
          } else {
            page.refuse(event, refused.reason());
          }
        }
      }
    }
    changeBack(workspace, source, page, now);
    if (source.settings().tellsMonths()) {
      months.note(source, page.changedRows() > 0 ? events : unknown);
    }
    records.write(source, page, now);
  }

  /// Whoever may write to the host's table, which the workspace's admin decided.
  private static UsageSender sender(SpendSource source) {
    return new UsageSender("source " + source.settings().name(), true);
  }

  /// The events that nobody has recorded as they are. Most rows of a lookback are known, and asking
  /// costs less than trying.
  private List<UsageEvent> unknown(
      Workspace workspace, List<UsageEvent> events, SourcePage page, Instant now) {
    Instant remembered = now.minus(UsageEventReader.OLDEST);
    Map<String, EventDigest> digests =
        ids.digests(
            workspace.id(),
            events.stream()
                .filter(event -> !event.occurredAt().isBefore(remembered))
                .map(UsageEvent::eventId)
                .toList());
    List<UsageEvent> unknown = new ArrayList<>();
    for (UsageEvent event : events) {
      EventDigest known = digests.get(event.eventId());
      if (known != null && known.isOf(event)) {
        page.known(event);
      } else {
        unknown.add(event);
      }
    }
    return unknown;
  }

  /// Rows that cost again what they did at first, after they cost something else.
  private void changeBack(Workspace workspace, SpendSource source, SourcePage page, Instant now) {
    List<UsageEvent> told =
        source.corrected() == 0
            ? List.of()
            : page.knownEvents().stream().filter(event -> event.cost().isPresent()).toList();
    if (!told.isEmpty()) {
      Set<String> corrected = logs.corrected(workspace.id(), told);
      told.stream()
          .filter(event -> corrected.contains(event.eventId()))
          .forEach(event -> change(workspace, event, page, now));
    }
  }

  /// Counts what a row costs more or less than it counts. Whom it belongs to stays as it was.
  private void change(Workspace workspace, UsageEvent event, SourcePage page, Instant now) {
    UsageLogs.Place place = UsageLogs.Place.of(event);
    UsageLogs.Known known = logs.find(workspace.id(), List.of(place)).get(place);
    if (known == null) {
      page.refuse(
          event, "its time changed after it was counted; the time of a row must not change");
      return;
    }
    PricedEvent priced = pricing.price(workspace, List.of(event)).getFirst();
    if (priced.unpriced() > 0) {
      page.known(event);
      return;
    }
    UsageLogs.Counted counted = logs.counted(workspace.id(), place);
    Money difference = priced.counted().minus(counted.cost());
    boolean waited = unpriced.remove(workspace.id(), List.of(known.event())) > 0;
    if (difference.compareTo(Money.ZERO) == 0 && !waited) {
      page.known(event);
      return;
    }
    history.adjust(
        workspace,
        List.of(
            waited
                ? LateAdjustments.pricing(known.event(), difference)
                : LateAdjustments.changing(known.event(), difference, counted.rows())),
        now);
    page.changed();
  }

  /// Does what recording does, over no events.
  void rehearse(Instant now) {
    history.rehearse(now);
  }
}
