package dev.stipend.console.source;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import java.time.ZoneId;
import java.util.List;

/// What was found when a source was tried, in words.
///
/// @param rows how many there are, about
/// @param day what the last 24 hours came to
/// @param unreadable why newest rows cannot be recorded
/// @param warnings what may go wrong, with what to do
public record CheckModel(
    String relation,
    String rows,
    String identifiedBy,
    String orderedBy,
    String day,
    List<Row> sample,
    List<String> unreadable,
    List<String> warnings) {
  /// A row as it would be recorded.
  ///
  /// @param what model and tokens
  public record Row(String id, Shown at, String who, String what, String cost) {}

  static CheckModel of(SourceCheck check, Workspace workspace, ConsoleText text) {
    ZoneId zone = ZoneId.of(workspace.timeZone());
    String currency = workspace.currency();
    return new CheckModel(
        check.relation(),
        check.rows() < 0 ? "–" : text.count(check.rows()),
        check.identifiedBy(),
        check.orderedBy(),
        text.say(
            "sources.check.day",
            text.counted("sources.check.count", check.dayRows()),
            text.amount(new Money(check.dayCost()), currency).text()),
        check.sample().stream().map(event -> row(event, zone, currency, text)).toList(),
        check.unreadable(),
        check.warnings());
  }

  private static Row row(UsageEvent event, ZoneId zone, String currency, ConsoleText text) {
    return new Row(
        event.eventId(),
        text.time(event.occurredAt(), zone),
        event.attribution().userId(),
        event.attribution().model(),
        event.cost().map(cost -> text.amount(cost, currency).text()).orElse("–"));
  }
}
