package dev.stipend.migration.database;

import dev.stipend.migration.FlywayRuns;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.history.VersionWords;
import dev.stipend.migration.report.Progress;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// How far a deploy goes: to the head, or to a version, and then without what has no version.
public final class Target {
  private final FlywayRuns flyway;
  private final boolean outOfOrder;
  private final Optional<String> version;

  private Target(FlywayRuns flyway, boolean outOfOrder, Optional<String> version) {
    this.flyway = flyway;
    this.outOfOrder = outOfOrder;
    this.version = version;
  }

  /// Reads nothing, `head`, `+2` or a version.
  ///
  /// @throws StoppedException if there is no such version
  public static Target of(Run run) {
    boolean outOfOrder = run.outOfOrder();
    Optional<String> wanted = run.request().parameter().filter(text -> !text.equals("head"));
    if (wanted.isEmpty()) {
      return new Target(run.flyway(), outOfOrder, Optional.empty());
    }
    HistoryState standing = run.standing();
    FlywayRuns versioned = run.flyway().versionedOnly();
    return new Target(
        versioned, outOfOrder, Optional.of(version(run.set(), standing, wanted.get())));
  }

  private static String version(MigrationSet set, HistoryState standing, String wanted) {
    if (wanted.startsWith("+")) {
      List<MigrationInfo> pending =
          standing.pending().stream().filter(each -> each.getVersion() != null).toList();
      if (wanted.matches("\\+[1-9][0-9]{0,3}") && !pending.isEmpty()) {
        int steps = Math.min(Integer.parseInt(wanted.substring(1)), pending.size());
        return pending.get(steps - 1).getVersion().getVersion();
      }
    }
    Optional<String> version = VersionWords.version(set, standing, wanted);
    if (version.isPresent()) {
      return version.get();
    }
    throw new StoppedException(
        RunOutcome.USAGE,
        "%s is not a target; give head, +n with at most %d, or the version of a file%s."
            .formatted(wanted, standing.pending().size(), VersionWords.known(set)));
  }

  public HistoryState standing() {
    return flyway.standing(outOfOrder, version);
  }

  public void migrate(Progress progress) {
    flyway.migrate(outOfOrder, version, progress);
  }
}
