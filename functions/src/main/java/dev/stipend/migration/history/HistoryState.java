package dev.stipend.migration.history;

import dev.stipend.migration.report.MigrationReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/// How history and files stand to each other.
///
/// @param all every migration, of either
/// @param pending those that would run, in their order
/// @param failed those that the history says failed
/// @param divergences one sentence each, with what to do
/// @param newer whether the history has versions after this build's last
public record HistoryState(
    List<MigrationInfo> all,
    List<MigrationInfo> pending,
    List<MigrationInfo> failed,
    List<String> divergences,
    boolean newer) {
  private static final Set<MigrationState> FUTURE =
      Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  public static HistoryState of(MigrationInfo[] infos, MigrationInfo[] pending) {
    List<MigrationInfo> all = List.of(infos);
    List<String> divergences = new ArrayList<>();
    all.forEach(migration -> divergence(migration).ifPresent(divergences::add));
    return new HistoryState(
        all,
        List.of(pending),
        all.stream().filter(migration -> migration.getState().isFailed()).toList(),
        divergences,
        all.stream().anyMatch(migration -> FUTURE.contains(migration.getState())));
  }

  private static Optional<String> divergence(MigrationInfo migration) {
    MigrationState state = migration.getState();
    if (migration.getVersion() == null || FUTURE.contains(state)) {
      return Optional.empty();
    }
    if (state == MigrationState.IGNORED) {
      return Optional.of(
          "%s is older than the newest applied migration and has not run; give it a newer version, or run deploy --out-of-order."
              .formatted(migration.getScript()));
    }
    if (state == MigrationState.MISSING_SUCCESS || state == MigrationState.MISSING_FAILED) {
      return Optional.of(
          "Version %s (%s) has run here and its file is gone; bring %s back."
              .formatted(
                  migration.getVersion(), migration.getDescription(), migration.getScript()));
    }
    if (state.isApplied()
        && !state.isFailed()
        && migration.getResolvedChecksum() != null
        && migration.getAppliedChecksum() != null
        && !Objects.equals(migration.getResolvedChecksum(), migration.getAppliedChecksum())) {
      return Optional.of(
          "%s was edited after it had run (checksum %d then, %d now); restore it, or run repair --checksum %s if the edit changes nothing."
              .formatted(
                  migration.getScript(),
                  migration.getAppliedChecksum(),
                  migration.getResolvedChecksum(),
                  migration.getVersion()));
    }
    return Optional.empty();
  }

  /// The version of the newest migration that is in.
  public Optional<String> version() {
    return all.stream()
        .filter(migration -> migration.getVersion() != null)
        .filter(migration -> migration.getState().isApplied() && !migration.getState().isFailed())
        .max(Comparator.comparing(MigrationInfo::getVersion))
        .map(HistoryState::label);
  }

  /// A version in a sentence.
  public static String said(Optional<String> version) {
    return version.map(number -> "version " + number).orElse("no version");
  }

  /// The newest version that there is a file for.
  public Optional<String> newest() {
    return all.stream()
        .filter(migration -> migration.getVersion() != null && migration.getState().isResolved())
        .max(Comparator.comparing(MigrationInfo::getVersion))
        .map(HistoryState::label);
  }

  /// Finds a migration by its number, or by its name if it has one.
  public Optional<MigrationInfo> find(String version) {
    Optional<MigrationVersion> number =
        Optional.of(version)
            .filter(text -> text.matches("[0-9][0-9._]*"))
            .map(MigrationVersion::fromVersion);
    return all.stream()
        .filter(migration -> migration.getVersion() != null)
        .filter(
            migration ->
                number.map(migration.getVersion()::equals).orElse(false)
                    || label(migration).equals(version))
        .findFirst();
  }

  /// What people call the version of a migration.
  static String label(MigrationInfo migration) {
    return migration instanceof NamedMigration named
        ? named.name()
        : migration.getVersion().getVersion();
  }

  /// Versions that are in, newest first.
  public List<MigrationInfo> appliedNewestFirst() {
    return all.stream()
        .filter(migration -> migration.getVersion() != null)
        .filter(migration -> migration.getState().isApplied() && !migration.getState().isFailed())
        .sorted(Comparator.comparing(MigrationInfo::getVersion).reversed())
        .toList();
  }

  public static List<String> names(List<MigrationInfo> migrations) {
    return migrations.stream().map(HistoryState::name).toList();
  }

  public static String name(MigrationInfo migration) {
    if (migration instanceof NamedMigration named) {
      return named.name();
    }
    return migration.getVersion() == null
        ? migration.getDescription()
        : migration.getVersion() + " " + migration.getDescription();
  }

  /// The lines of a history.
  ///
  /// @param times when each rank of the history was installed
  public List<MigrationReport.HistoryLine> lines(Map<Integer, String> times) {
    return all.stream().map(migration -> line(migration, times)).toList();
  }

  private static MigrationReport.HistoryLine line(
      MigrationInfo migration, Map<Integer, String> times) {
    return new MigrationReport.HistoryLine(
        Optional.ofNullable(migration.getVersion()).map(MigrationVersion::getVersion),
        migration.getDescription(),
        migration.getState().getDisplayName().toLowerCase(Locale.ROOT),
        Optional.ofNullable(migration.getInstalledRank()).map(times::get),
        Optional.ofNullable(migration.getInstalledBy()),
        Optional.ofNullable(migration.getExecutionTime()));
  }
}
