package dev.stipend.migration.prisma;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.HistoryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/// Compares the folders with the rows of the history.
final class PrismaState {
  private static final Pattern TIMESTAMP = Pattern.compile("([0-9]+)_.*");

  private final Map<String, PrismaFile> files;
  private final Map<String, PrismaRow> rows = new TreeMap<>();

  private PrismaState(List<PrismaFile> files, List<PrismaRow> rows) {
    this.files = files.stream().collect(Collectors.toMap(PrismaFile::name, Function.identity()));
    rows.stream()
        .filter(row -> row.rolledBack().isEmpty())
        .forEach(
            row -> this.rows.merge(row.name(), row, (one, other) -> one.isApplied() ? one : other));
  }

  /// @param target the last that would run; empty for all
  static HistoryState of(Connection connection, MigrationSet set, Optional<String> target)
      throws SQLException {
    return new PrismaState(PrismaFile.all(set.files()), new PrismaHistory(connection, set).rows())
        .state(target);
  }

  private HistoryState state(Optional<String> target) {
    Map<String, MigrationVersion> versions = versions();
    String newest = files.keySet().stream().max(String::compareTo).orElse("");
    boolean complete =
        rows.keySet().containsAll(files.keySet())
            && rows.values().stream().noneMatch(PrismaRow::isFailed);
    boolean newer = complete && rows.keySet().stream().anyMatch(name -> isNewer(name, newest));
    List<MigrationInfo> all = new ArrayList<>();
    List<MigrationInfo> pending = new ArrayList<>();
    List<String> divergences = new ArrayList<>();
    versions.forEach(
        (name, version) -> {
          Optional<PrismaRow> row = Optional.ofNullable(rows.get(name));
          Optional<PrismaFile> file = Optional.ofNullable(files.get(name));
          MigrationState state = state(row, file, newer && isNewer(name, newest));
          PrismaMigration migration = new PrismaMigration(name, version, state, file, row);
          all.add(migration);
          boolean wanted =
              target
                  .map(MigrationVersion::fromVersion)
                  .map(last -> version.compareTo(last) <= 0)
                  .orElse(true);
          if (row.isEmpty() && wanted) {
            pending.add(migration);
          }
          divergence(migration).ifPresent(divergences::add);
        });
    return new HistoryState(
        all,
        pending,
        all.stream().filter(each -> each.getState().isFailed()).toList(),
        divergences,
        newer);
  }

  private boolean isNewer(String name, String newest) {
    return !files.containsKey(name) && name.compareTo(newest) > 0;
  }

  private static MigrationState state(
      Optional<PrismaRow> row, Optional<PrismaFile> file, boolean future) {
    if (row.isEmpty()) {
      return MigrationState.PENDING;
    }
    if (row.get().isFailed()) {
      return file.isPresent() ? MigrationState.FAILED : MigrationState.MISSING_FAILED;
    }
    if (file.isPresent()) {
      return MigrationState.SUCCESS;
    }
    return future ? MigrationState.FUTURE_SUCCESS : MigrationState.MISSING_SUCCESS;
  }

  private static Optional<String> divergence(PrismaMigration migration) {
    if (migration.state() == MigrationState.MISSING_SUCCESS) {
      return Optional.of(
          "%s is applied here and its folder is missing; bring %s back."
              .formatted(migration.name(), migration.getScript()));
    }
    if (migration.isEdited()) {
      return Optional.of(
          "%s was edited after it was applied; restore %s, or run repair --checksum %s if the edit changes nothing."
              .formatted(migration.name(), migration.getScript(), migration.name()));
    }
    return Optional.empty();
  }

  /// A version for each name, in the order of the names: its number, with another behind it if that
  /// alone would not keep the order.
  private Map<String, MigrationVersion> versions() {
    TreeSet<String> names = new TreeSet<>(files.keySet());
    names.addAll(rows.keySet());
    Map<String, MigrationVersion> versions = new TreeMap<>();
    String number = "0";
    int next = 1;
    MigrationVersion last = MigrationVersion.fromVersion(number);
    for (String name : names) {
      Matcher timestamp = TIMESTAMP.matcher(name);
      if (timestamp.matches()
          && (versions.isEmpty()
              || MigrationVersion.fromVersion(timestamp.group(1)).compareTo(last) > 0)) {
        number = timestamp.group(1);
        next = 1;
        last = MigrationVersion.fromVersion(number);
      } else {
        last = MigrationVersion.fromVersion(number + "." + next);
        next++;
      }
      versions.put(name, last);
    }
    return versions;
  }
}
