package dev.stipend.ingest.source;

import dev.stipend.platform.host.HostException;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds rows that come later than their time says: the lookback with each pull, and once a day the
/// days that have more rows than were read of them.
@Singleton
public class LateRows {
  private static final Duration DAILY = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(90);
  private static final Duration ONE_MICROSECOND = Duration.ofNanos(1000);

  /// Ids are remembered so long; older rows are known by the ledger itself.
  private static final int DAYS = 35;

  /// Days that are compared each day; each of the others once a week.
  private static final int ALWAYS = 7;

  private static final int TURNS = 7;

  private static final Logger LOG = LoggerFactory.getLogger(LateRows.class);

  private static final List<String> ORDER =
      List.of(SourceCursor.LIVE, SourceCursor.LATE, SourceCursor.BACKFILL);

  private final SourceCursors cursors;
  private final SourceDays days;
  private final KeptRows kept;

  LateRows(SourceCursors cursors, SourceDays days, KeptRows kept) {
    this.cursors = cursors;
    this.days = days;
    this.kept = kept;
  }

  /// The cursors behind which rows are to be read, in that order: who is warned first is who spends
  /// now. The lookback begins again, unless it is not at its end yet.
  public List<SourceCursor> due(SpendSource source, HostReader host, Instant now) {
    Map<String, SourceCursor> all = new HashMap<>();
    cursors.of(source).forEach(cursor -> all.put(cursor.name(), cursor));
    SourceCursor live = all.get(SourceCursor.LIVE);
    if (live != null && !all.containsKey(SourceCursor.LATE)) {
      lookback(source, host, live, now).ifPresent(late -> all.put(late.name(), late));
    }
    return all.values().stream()
        .sorted(Comparator.comparing(LateRows::place).thenComparing(SourceCursor::name))
        .toList();
  }

  /// Its place among others; days come last.
  private static int place(SourceCursor cursor) {
    int place = ORDER.indexOf(cursor.name());
    return place < 0 ? ORDER.size() : place;
  }

  /// From a while before the newest row that was read until that row; empty if nothing of it
  /// counts.
  private Optional<SourceCursor> lookback(
      SpendSource source, HostReader host, SourceCursor live, Instant now) {
    // Where the hour is set back, the newest row may be ahead of what is written now.
    String newest = earlier(live.afterTime(), host.time(now));
    String from =
        later(
            shifted(newest, source.settings().lookback().negated()), host.time(source.startsAt()));
    String until = shifted(live.afterTime(), ONE_MICROSECOND);
    return isBefore(from, until)
        ? Optional.of(begin(source, SourceCursor.LATE, from, until))
        : Optional.empty();
  }

  private SourceCursor begin(SpendSource source, String name, String from, String until) {
    SourceCursor cursor = new SourceCursor(name, from, Optional.empty(), Optional.of(until), 0);
    cursors.begin(source.workspaceId(), source.id(), cursor);
    return cursor;
  }

  /// Ends a cursor that has an end.
  @Transactional
  public void finish(SpendSource source, SourceCursor cursor) {
    if (cursor.name().equals(SourceCursor.LIVE)) {
      return;
    }
    cursor.day().ifPresent(day -> days.set(source, day, cursor.rowsRead()));
    cursors.end(source, cursor);
  }

  /// Forgets kept rows that the host does not have any more.
  @Transactional
  public void forgetMissing(SpendSource source, List<String> asked, List<PulledRow> found) {
    Set<String> missing = new HashSet<>(asked);
    found.forEach(row -> missing.remove(row.id()));
    kept.forget(source, missing);
  }

  /// Whether a day has passed since days were compared, and all of them were read once.
  public boolean isComparisonDue(SpendSource source, Instant now) {
    return !now.isBefore(source.comparedAt().plus(DAILY)) && !source.backfilling();
  }

  /// Forgets what nobody asks for any more: days that are not compared, rows that nobody settled or
  /// mended for months.
  @Transactional
  public void forgetOld(SpendSource source, Instant now) {
    days.forgetBefore(source, LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(2 * DAYS));
    kept.forgetBefore(source, now.minus(KEPT));
  }

  /// What a comparison came to.
  ///
  /// @param lacking days that are read again
  /// @param isDone whether all days were compared; the next pull goes on with the others
  public record Comparison(int lacking, boolean isDone) {}

  /// Compares how many rows days have with how many were read of them, and has those read again
  /// that have more, or others: rows may have gone, and hide those that came. A day that cannot be
  /// counted in time is left out until the next round.
  public Comparison compare(SpendSource source, HostReader host, TimeLeft left, Instant now) {
    ZoneId zone = host.query().isLocalTime() ? source.settings().zone() : ZoneOffset.UTC;
    LocalDate first = LocalDate.ofInstant(source.startsAt(), zone);
    Set<LocalDate> done = days.comparedSince(source, source.comparedAt());
    int lacking = 0;
    for (LocalDate day : compared(LocalDate.ofInstant(now, zone))) {
      if (day.isBefore(first) || done.contains(day)) {
        continue;
      }
      if (left.isUsedUp()) {
        return new Comparison(lacking, false);
      }
      lacking += compare(source, host, day, zone) ? 1 : 0;
      days.compared(source, day, now);
    }
    return new Comparison(lacking, true);
  }

  private boolean compare(SpendSource source, HostReader host, LocalDate day, ZoneId zone) {
    String from =
        later(host.time(day.atStartOfDay(zone).toInstant()), host.time(source.startsAt()));
    String until = host.time(day.plusDays(1).atStartOfDay(zone).toInstant());
    try {
      if (host.count(from, until) == days.of(source, day)) {
        return false;
      }
    } catch (HostException slow) {
      LOG.warn(
          "Day {} of source {} was not compared: {}",
          day,
          source.settings().name(),
          slow.getMessage());
      return false;
    }
    begin(source, SourceCursor.DAY + day, from, until);
    return true;
  }

  private static List<LocalDate> compared(LocalDate today) {
    List<LocalDate> compared = new ArrayList<>();
    for (int back = 1; back <= DAYS; back++) {
      LocalDate day = today.minusDays(back);
      if (back <= ALWAYS || back % TURNS == 0) {
        compared.add(day);
      }
    }
    return compared;
  }

  private static String earlier(String one, String other) {
    return isBefore(one, other) ? one : other;
  }

  private static String later(String one, String other) {
    return isBefore(one, other) ? other : one;
  }

  private static boolean isBefore(String one, String other) {
    return local(one).isBefore(local(other));
  }

  /// A time as the host writes it, some time later.
  private static String shifted(String time, Duration by) {
    return local(time).plus(by) + (time.endsWith("+00") ? "+00" : "");
  }

  private static LocalDateTime local(String time) {
    return LocalDateTime.parse(time.replace(' ', 'T').replace("+00", ""));
  }
}
