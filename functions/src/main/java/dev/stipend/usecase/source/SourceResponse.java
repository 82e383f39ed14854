package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.source.SourcePreset;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.json.Labels;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A source as the API shows it.
///
/// @param state `new`, `ok`, `backfilling`, `paused`, `rejecting` (no new row can be recorded) or
///     `failing`
/// @param from rows before it are not counted
/// @param newestRowAt the time of the newest row that was recorded
/// @param recorded rows in the ledger
/// @param corrected changes of costs that were counted before
/// @param waiting rows whose cost is not final
/// @param rejected rows that cannot be recorded; `/api/sources/{id}/rows` says why
/// @param ahead rows whose time is still to come, counted to 1,000
/// @param lastError why it is failing or rejecting
/// @param writeSecret names the secret of whoever may write what was spent
/// @param writeError why the application could not be told what was spent
/// @param budgets the budgets of the application that it mirrors; absent where it mirrors none
/// @param check what was found when it was connected; only in the answer to whoever connects it
@Serdeable
public record SourceResponse(
    UUID id,
    String name,
    String state,
    Optional<String> preset,
    String schema,
    String relation,
    Optional<String> urlSecret,
    Map<String, String> columns,
    String costUnit,
    String timeZone,
    long everySeconds,
    long lookbackSeconds,
    Instant from,
    Instant createdAt,
    Optional<Instant> pulledAt,
    Optional<Instant> nextPullAt,
    Optional<Instant> newestRowAt,
    long recorded,
    long corrected,
    long waiting,
    long rejected,
    long ahead,
    Optional<Instant> failingSince,
    Optional<String> lastError,
    Optional<String> writeSecret,
    Optional<String> writeError,
    Optional<BudgetsPart> budgets,
    Optional<CheckResponse> check) {
  /// The budgets of an application.
  ///
  /// @param mirrored rows that are budgets
  /// @param others rows that are none; `/api/sources/{id}/budgets` says why
  /// @param error why they could not be followed
  @Serdeable
  public record BudgetsPart(long mirrored, long others, Optional<String> error) {
    static Optional<BudgetsPart> of(SpendSource source, MirroredBudgets.Counts counts) {
      return source.settings().mirrorsBudgets()
          ? Optional.of(new BudgetsPart(counts.budgets(), counts.others(), source.mirrorError()))
          : Optional.empty();
    }
  }

  public static SourceResponse of(SourceStanding standing, Optional<CheckResponse> check) {
    SpendSource source = standing.source();
    SourceSettings settings = source.settings();
    return new SourceResponse(
        source.id(),
        settings.name(),
        source.state(),
        settings.preset().map(SourcePreset::label),
        settings.schema(),
        settings.relation(),
        settings.urlSecret(),
        new TreeMap<>(settings.columns()),
        Labels.of(settings.costUnit()),
        settings.zone().getId(),
        settings.every().toSeconds(),
        settings.lookback().toSeconds(),
        source.startsAt(),
        source.createdAt(),
        source.pulledAt(),
        source.nextPullAt(),
        source.newestRowAt(),
        source.recorded(),
        source.corrected(),
        standing.rows().waiting(),
        standing.rows().rejected(),
        source.ahead(),
        source.failingSince(),
        source.lastError(),
        settings.writeSecret(),
        source.writeError(),
        BudgetsPart.of(source, standing.budgets()),
        check);
  }
}
