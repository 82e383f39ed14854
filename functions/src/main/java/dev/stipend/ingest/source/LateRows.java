package dev.stipend.ingest.source;

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
  public void beginLookback(SpendSource source, HostReader host, List<SourceLane> begun) {
    begun.stream()
        .filter(lane -> lane.name().equals(SourceLane.LIVE))
        .findFirst()
        .ifPresent(
            live -> {
              String start = host.time(source.startsAt());
              String from = shifted(live.afterTime(), source.settings().lookback().negated());
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

  /// Compares how many rows days have with how many were read of them, and has those read again
  /// that have more. Answers how many there are.
  public int compare(SpendSource source, HostReader host, TimeLeft left, Instant now) {
    ZoneId zone = host.query().isLocalTime() ? source.settings().zone() : ZoneOffset.UTC;
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate first = LocalDate.ofInstant(source.startsAt(), zone);
    int lacking = 0;
    for (LocalDate day : compared(today)) {
      if (!day.isBefore(first) && !left.isUsedUp()) {
        String from =
            later(host.time(day.atStartOfDay(zone).toInstant()), host.time(source.startsAt()));
        String until = host.time(day.plusDays(1).atStartOfDay(zone).toInstant());
        if (host.count(from, until) > days.of(source, day)) {
          begin(source, SourceLane.DAY + day, from, until);
          lacking++;
        }
      }
    }
    return lacking;
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
