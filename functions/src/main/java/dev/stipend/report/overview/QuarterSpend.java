package dev.stipend.report.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/// What a workspace spent, by quarters of an hour. What is older than yesterday hardly changes, and
/// is most of it: a process reads it again after a minute, and not each time that somebody looks.
@Singleton
class QuarterSpend {
  private static final int MOST_WORKSPACES = 32;

  private final JdbcOperations jdbc;
  private final Duration life;
  private final Cache<UUID, Past> known =
      Caffeine.newBuilder().maximumSize(MOST_WORKSPACES).build();

  /// @param life for how long the past may be taken as it was read
  QuarterSpend(JdbcOperations jdbc, @Value("${overview.past:60s}") Duration life) {
    this.jdbc = jdbc;
    this.life = life;
  }

  /// The quarters from one instant until another, as they were when they were read.
  private record Past(
      Instant from, Instant until, NavigableMap<Instant, Quarter> quarters, Instant readAt) {}

  /// What a quarter of an hour came to.
  record Quarter(Instant start, Money cost, long requests, long unpriced) {}

  /// The quarters from an instant until now in which anything was recorded.
  NavigableMap<Instant, Quarter> read(UUID workspace, Instant from, Instant now) {
    Instant yesterday = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
    NavigableMap<Instant, Quarter> quarters =
        new TreeMap<>(past(workspace, from, yesterday, now).quarters().tailMap(from, true));
    quarters.putAll(query(workspace, yesterday, now.plusNanos(1)));
    return quarters;
  }

  private Past past(UUID workspace, Instant from, Instant until, Instant now) {
    Past before = known.getIfPresent(workspace);
    if (before != null
        && !before.from().isAfter(from)
        && before.until().equals(until)
        && !now.isBefore(before.readAt())
        && now.isBefore(before.readAt().plus(life))) {
      return before;
    }
    Past past = new Past(from, until, query(workspace, from, until), now);
    known.put(workspace, past);
    return past;
  }

  private NavigableMap<Instant, Quarter> query(UUID workspace, Instant from, Instant until) {
    NavigableMap<Instant, Quarter> quarters = new TreeMap<>();
    Sql.list(
            jdbc,
            """
            SELECT bucket_start, sum(cost) AS cost,
              CAST(sum(requests) AS bigint) AS requests,
              CAST(sum(unpriced) AS bigint) AS unpriced
            FROM stipend.cost_tracking
            WHERE workspace_id = ?
              AND bucket_start >= ?
              AND bucket_start < ?
            GROUP BY bucket_start
            """,
            row ->
                new Quarter(
                    Instants.read(row, "bucket_start"),
                    new Money(row.getBigDecimal("cost")),
                    row.getLong("requests"),
                    row.getLong("unpriced")),
            workspace,
            from,
            until)
        .forEach(quarter -> quarters.put(quarter.start(), quarter));
    return quarters;
  }
}
