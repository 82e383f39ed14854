package dev.stipend.ingest.source;

import static dev.stipend.platform.sql.Identifiers.quoted;

import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.money.Money;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tries a source without recording anything: reads the rows of its last day, and looks at how the
/// server would read the others.
public final class SourceChecker {
  private static final int SHOWN = 5;
  private static final Duration DAY = Duration.ofDays(1);
  /// Reading so many rows with each pull harms nobody.
  private static final int FEW_ROWS = 10_000;

  private final HostReader host;
  private final UsageEventReader events;
  private final SourceSettings settings;
  private final Instant now;
  private final List<String> warnings = new ArrayList<>();

  /// @param events reads events of any age
  public SourceChecker(
      HostReader host, UsageEventReader events, SourceSettings settings, Instant now) {
    this.host = host;
    this.events = events;
    this.settings = settings;
    this.now = now;
  }

  /// Tries it.
  ///
  /// @throws HostException if it cannot be read
  public SourceCheck check() {
    SourceQuery query = host.query();
    Instant from = now.minus(DAY);
    String start = host.time(from);
    String end = host.time(now.plus(UsageEventReader.FARTHEST_AHEAD));
    SourceCursor day = new SourceCursor("check", start, Optional.empty(), Optional.empty(), 0);
    warnAboutColumns(query);
    warnAboutIndex(query, start, end);
    List<HostRow> rows = host.page(day, end, SourceCheck.MOST_OF_A_DAY, Function.identity());
    List<UsageEvent> readable = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (HostRow row : rows) {
      try {
        readable.add(events.read(row.event(settings)).withId(row.id()));
      } catch (HostRow.Unreadable wrong) {
        unreadable.add("row %s: %s".formatted(row.id(), wrong.getMessage()));
      } catch (InvalidJsonException wrong) {
        unreadable.add("row %s: %s".formatted(row.id(), wrong.summary()));
      }
    }
    if (rows.isEmpty()) {
      warnings.add("No row of the last 24 hours is there yet.");
    }
    return new SourceCheck(
        query.relation().fullName(),
        query.relation().rows(),
        query.id(),
        query.order(),
        last(readable),
        last(unreadable),
        rows.size(),
        readable.stream()
            .flatMap(event -> event.cost().stream())
            .map(Money::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        from,
        warnings);
  }

  private static <T> List<T> last(List<T> all) {
    return List.copyOf(all.subList(Math.max(0, all.size() - SHOWN), all.size())).reversed();
  }

  private void warnAboutColumns(SourceQuery query) {
    HostRelation relation = query.relation();
    if (relation.isTable() && relation.require(query.order(), "columns").isNullable()) {
      warnings.add(
          "Column %s may be null; rows without a time are not counted.".formatted(query.order()));
    }
    if (relation.require(query.id(), "columns").isNullable()) {
      warnings.add(
          "Column %s may be null; rows without an id are not counted.".formatted(query.id()));
    }
    if (relation.isTable() && !relation.isUnique(Set.of(query.id()))) {
      warnings.add(
          "Only %1$s and %2$s together are unique: make sure that %1$s alone never comes twice."
              .formatted(query.id(), query.order()));
    }
    if (!relation.isTable()) {
      warnings.add(
          "%s is a view: make sure that %s is unique and never changes, for it identifies a row."
              .formatted(relation.fullName(), query.id()));
    }
  }

  private void warnAboutIndex(SourceQuery query, String start, String end) {
    HostRelation relation = query.relation();
    if (relation.isTable()) {
      if (!relation.require(query.order(), "columns").leads()) {
        warnings.add(
            "No index begins with %s, so each pull reads the whole table; make one: CREATE INDEX CONCURRENTLY ON %s (%s, %s);"
                .formatted(
                    query.order(), relation.fullName(), quoted(query.order()), quoted(query.id())));
      }
      return;
    }
    host.plan(start, end)
        .map(ExactJson::parse)
        .flatMap(SourceChecker::largestScan)
        .ifPresent(
            table ->
                warnings.add(
                    "Each pull reads all of table %s; make an index on its column behind %s."
                        .formatted(table, query.order())));
  }

  /// The table that a plan reads from its start to its end, if it is large.
  private static Optional<String> largestScan(@Nullable Object plan) {
    return switch (plan) {
      case List<?> all -> all.stream().flatMap(one -> largestScan(one).stream()).findFirst();
      case Map<?, ?> node when "Seq Scan".equals(node.get("Node Type")) && isLarge(node) ->
          Optional.of(Objects.toString(node.get("Relation Name")));
      case Map<?, ?> node -> largestScan(node.get("Plan")).or(() -> largestScan(node.get("Plans")));
      case null, default -> Optional.empty();
    };
  }

  private static boolean isLarge(Map<?, ?> scan) {
    return scan.get("Plan Rows") instanceof BigDecimal rows
        && rows.compareTo(BigDecimal.valueOf(FEW_ROWS)) > 0;
  }
}
