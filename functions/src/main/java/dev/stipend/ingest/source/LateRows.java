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
import java.util.HashSet;
import java.util.List;
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

  private final SourceLanes lanes;
  private final SourceDays days;
  private final KeptRows kept;

  LateRows(SourceLanes lanes, SourceDays days, KeptRows kept) {
    this.lanes = lanes;
    this.days = days;
    this.kept = kept;
  }

  /// Lanes in the order in which they are read: who is warned first is who spends now.
  public List<SourceLane> inOrder(List<SourceLane> all) {
    List<String> first = List.of(SourceLane.LIVE, SourceLane.LATE, SourceLane.BACKFILL);
    return all.stream()
        .sorted(
            Comparator.comparing(
                    (SourceLane lane) ->
                        first.contains(lane.name()) ? first.indexOf(lane.name()) : first.size())
                .thenComparing(SourceLane::name))
        .toList();
  }

  /// Begins to read the lookback again, from a while before the newest row that was read until that
  /// row.
  public void beginLookback(
      SpendSource source, HostReader host, List<SourceLane> begun, Instant now) {
    begun.stream()
        .filter(lane -> lane.name().equals(SourceLane.LIVE))
        .findFirst()
        .ifPresent(
            live -> {
              String start = host.time(source.startsAt());
              // Where the hour is set back, the newest row may be ahead of what is written now.
              String newest = earlier(live.afterTime(), host.time(now));
              String from = shifted(newest, source.settings().lookback().negated());
              String until = shifted(live.afterTime(), ONE_MICROSECOND);
              String first = isBefore(from, start) ? start : from;
              if (isBefore(first, until)) {
                begin(source, SourceLane.LATE, first, until);
              }
            });
  }

  private void begin(SpendSource source, String lane, String from, String until) {
    lanes.begin(
        source.workspaceId(),
        source.id(),
        new SourceLane(lane, from, Optional.empty(), Optional.of(until), 0));
  }

  /// Ends a lane that has an end.
  @Transactional
  public void finish(SpendSource source, SourceLane lane) {
    if (lane.name().equals(SourceLane.LIVE)) {
      return;
    }
    lane.day().ifPresent(day -> days.set(source, day, lane.rowsRead()));
    lanes.end(source, lane);
  }

  /// Forgets kept rows that the host does not have any more.
  @Transactional
  public void forgetMissing(SpendSource source, List<String> asked, List<HostRow> found) {
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
    begin(source, SourceLane.DAY + day, from, until);
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
