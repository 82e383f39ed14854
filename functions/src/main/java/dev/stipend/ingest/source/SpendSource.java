package dev.stipend.ingest.source;

import dev.stipend.ingest.unpriced.LateAdjustments;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A source, and how it stands.
///
/// @param startsAt rows before it are not counted
/// @param pausedAt since when it is not pulled
/// @param nextPullAt when it is pulled next; empty while it is paused
/// @param pulledAt when it was last pulled with success
/// @param newestRowAt the time of the newest row that was recorded
/// @param recorded rows in the ledger
/// @param corrected rows whose cost changed after they were counted
/// @param ahead rows whose time is still to come
/// @param comparedAt until when days were compared for rows that came late
/// @param failures pulls that failed since the last success
/// @param failingSince when the first of them failed
/// @param lastError why the last one failed
/// @param backfilling whether rows from before it was connected are still to be read
/// @param mirrorError why budgets of the application could not be followed
/// @param writeError why the application could not be told what was spent
public record SpendSource(
    UUID workspaceId,
    UUID id,
    SourceSettings settings,
    Instant startsAt,
    Instant createdAt,
    Optional<Instant> pausedAt,
    Optional<Instant> nextPullAt,
    Optional<Instant> pulledAt,
    Optional<Instant> newestRowAt,
    long recorded,
    long corrected,
    long ahead,
    Instant comparedAt,
    int failures,
    Optional<Instant> failingSince,
    Optional<String> lastError,
    boolean backfilling,
    Optional<String> mirrorError,
    Optional<String> writeError) {
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 10;

  /// How long it is left alone after it failed once more.
  public Duration retryPause() {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
  }

  /// What the id of its events begins with: rows of two hosts may have one id, and no sender may
  /// take the id of a row. The random end of its own id tells a source from others; indexes hold it
  /// with each row.
  String idPrefix() {
    String own = id.toString();
    return LateAdjustments.OWN_IDS + "source:" + own.substring(own.lastIndexOf('-') + 1) + ":";
  }

  /// `paused`, `failing`, `rejecting` (no new row can be recorded), `backfilling`, `new` or `ok`.
  public String state() {
    if (pausedAt.isPresent()) {
      return "paused";
    }
    if (failures > 0) {
      return "failing";
    }
    if (lastError.isPresent()) {
      return "rejecting";
    }
    if (backfilling) {
      return "backfilling";
    }
    return pulledAt.isPresent() ? "ok" : "new";
  }
}
