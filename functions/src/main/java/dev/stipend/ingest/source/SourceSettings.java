package dev.stipend.ingest.source;

import dev.stipend.ingest.bulk.UsageColumns;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// What a source reads, as whoever connects it says.
///
/// @param name for people; unique in the workspace
/// @param preset a known table; empty where `columns` or the names of the columns say what is what
/// @param schema of the relation
/// @param relation a table or a view
/// @param urlSecret names the secret with the URL of the database; empty for the function's own
/// @param columns the relation's columns by those of a usage event, where they are called otherwise
/// @param costUnit what one of its costs is
/// @param zone of times without one
/// @param every how often it is pulled, at most once a sweep
/// @param lookback how long after its time a row may come and still be found by the next pull
/// @param mirrorsBudgets whether budgets that the application keeps are budgets of Stipend
/// @param writeSecret names the secret with the URL of a role that may write what was spent; empty
///     for nobody
public record SourceSettings(
    String name,
    Optional<SourcePreset> preset,
    String schema,
    String relation,
    Optional<String> urlSecret,
    Map<String, String> columns,
    CostUnit costUnit,
    ZoneId zone,
    Duration every,
    Duration lookback,
    boolean mirrorsBudgets,
    Optional<String> writeSecret) {
  public static final Duration USUAL_EVERY = Duration.ofMinutes(5);
  /// Until the next sweep: the one that pulled it does not pull it again.
  public static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  public static final Duration LONGEST_EVERY = Duration.ofDays(1);
  public static final Duration SHORTEST_LOOKBACK = Duration.ofMinutes(10);
  public static final Duration LONGEST_LOOKBACK = Duration.ofDays(7);
  private static final Duration USUAL_LOOKBACK = Duration.ofMinutes(15);

  public SourceSettings {
    columns = Map.copyOf(columns);
  }

  /// The same with all columns.
  SourceSettings with(Map<String, String> all) {
    return new SourceSettings(
        name,
        preset,
        schema,
        relation,
        urlSecret,
        all,
        costUnit,
        zone,
        every,
        lookback,
        mirrorsBudgets,
        writeSecret);
  }

  /// How long after a pull the next one is due.
  public Duration pause() {
    return every.isZero() ? SHORTEST_PAUSE : every;
  }

  /// Whether the application keeps what each user used in a month, and is to be told it.
  public boolean tellsMonths() {
    return writeSecret.isPresent() && keepsMonths(preset);
  }

  /// Whether a known application keeps what each user used in a month.
  public static boolean keepsMonths(Optional<SourcePreset> preset) {
    return preset.filter(SourcePreset.AGENTS_PLATFORM::equals).isPresent();
  }

  /// The column that identifies a row.
  public String idColumn() {
    return preset
        .map(known -> known.definition().id())
        .orElseGet(() -> columns.getOrDefault(UsageColumns.EVENT_ID, UsageColumns.EVENT_ID));
  }

  /// The lookback where none is given.
  public static Duration usualLookback(Optional<SourcePreset> preset) {
    return preset.map(known -> known.definition().lookback()).orElse(USUAL_LOOKBACK);
  }

  /// The relation of a preset where none is given.
  public static String usualRelation(SourcePreset preset) {
    return preset.definition().relation();
  }
}
