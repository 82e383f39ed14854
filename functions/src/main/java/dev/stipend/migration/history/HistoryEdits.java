package dev.stipend.migration.history;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.Deploy;
import dev.stipend.migration.Option;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MadeByScript;
import dev.stipend.migration.check.MadeObjects;
import dev.stipend.migration.check.StampCheck;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.drift.UnfinishedRun;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// Edits single rows of the history, and says what it did. Nothing of the schema itself changes.
public final class HistoryEdits {
  private final Run run;

  public HistoryEdits(Run run) {
    this.run = run;
  }

  public void resolve() throws SQLException {
    Optional<String> applied = run.request().text(Option.APPLIED);
    Optional<String> rolledBack = run.request().text(Option.ROLLED_BACK);
    if (applied.isPresent() == rolledBack.isPresent()) {
      throw new StoppedException(
          RunOutcome.USAGE, "Give either --applied VERSION or --rolled-back VERSION.");
    }
    if (applied.isPresent()) {
      markApplied(applied.get());
    } else {
      markRolledBack(rolledBack.orElseThrow());
    }
  }

  private void markApplied(String version) throws SQLException {
    MigrationInfo migration = find(version);
    if (migration.getState().isApplied() && !migration.getState().isFailed()) {
      end("%s is applied already.".formatted(HistoryState.name(migration)));
      return;
    }
    HistoryState standing = run.standing();
    Optional<List<String>> made =
        run.request().has(Option.UNCHECKED) ? Optional.empty() : compared(standing, migration);
    MadeObjects notes = begin(standing);
    run.history().deleteFailed(migration.getScript());
    run.history().insert(migration);
    notes.adopt(made.orElse(List.of()));
    acceptWhatItMakes(migration);
    warnOfOlder(standing, migration);
    run.draft().applied.add(HistoryState.name(migration));
    String compared =
        made.map(
                all ->
                    all.isEmpty()
                        ? ", and it makes nothing to compare"
                        : ", and the schema has what it makes")
            .orElse("");
    end(
        "%s counts as applied; it was not run%s."
            .formatted(HistoryState.name(migration), compared));
  }

  /// A file that has failed may fail in the rehearsal as well: its owner has finished its work.
  ///
  /// @return what it makes; empty if that cannot be determined
  private Optional<List<String>> compared(HistoryState standing, MigrationInfo migration)
      throws SQLException {
    StampCheck check = new StampCheck(run);
    Set<String> applied = scripts(standing, List.of());
    if (migration.getState().isFailed()) {
      Optional<String> why = check.obstacle(applied, migration.getScript());
      if (why.isPresent()) {
        run.draft().warnings.add("It was not compared with its file. " + why.get());
        return Optional.empty();
      }
    }
    return Optional.of(check.passedAlone(applied, migration.getScript()));
  }

  /// What there must be before a row can be written.
  private MadeObjects begin(HistoryState standing) throws SQLException {
    new Deploy(run, RandomGenerator.getDefault()).createSchema();
    MadeObjects notes = new MadeObjects(run);
    notes.begin(standing);
    run.history().create();
    new PackHistory(run.connection(), run.set()).remember();
    return notes;
  }

  private void warnOfOlder(HistoryState standing, MigrationInfo migration) {
    List<MigrationInfo> older =
        standing.all().stream()
            .filter(each -> each.getVersion() != null && !each.getState().isApplied())
            .filter(each -> each.getVersion().compareTo(migration.getVersion()) < 0)
            .toList();
    if (!older.isEmpty()) {
      run.draft()
          .warnings
          .add(
              "Older and not applied: %s. deploy %s; run resolve --applied for what is there, too."
                  .formatted(
                      String.join(", ", HistoryState.names(older)),
                      run.set().isPrisma()
                          ? "runs that first"
                          : "runs that only with --out-of-order"));
    }
  }

  /// What is there of it is no drift any more.
  private void acceptWhatItMakes(MigrationInfo migration) throws SQLException {
    Set<String> made =
        run.set()
            .files()
            .find(migration.getScript())
            .map(run.flyway().scripts()::read)
            .map(MadeByScript::of)
            .orElse(Set.of());
    FingerprintStore store = new FingerprintStore(run);
    store.accept(
        store.differences().stream()
            .filter(each -> each.was().isEmpty() && MadeByScript.has(made, each))
            .map(Difference::object)
            .toList());
  }

  private void markRolledBack(String version) throws SQLException {
    MigrationInfo migration = find(version);
    if (!migration.getState().isFailed()) {
      new Vanished(run).forget(migration);
      return;
    }
    run.history().deleteFailed(migration.getScript());
    new UnfinishedRun(run).again(migration.getScript());
    end(
        "%s counts as not applied; the next deploy runs it."
            .formatted(HistoryState.name(migration)));
  }

  /// Lets everything up to a version count as applied, for a schema that was made in another way
  /// and yet is the same.
  public void stamp() throws SQLException {
    String target =
        run.request()
            .parameter()
            .orElseThrow(
                () -> new StoppedException(RunOutcome.USAGE, "Say which VERSION; 0 is none."));
    HistoryState standing = run.standing();
    boolean head = target.equals("head");
    MigrationVersion last =
        head || target.equals("0") || target.equals("base")
            ? MigrationVersion.fromVersion("0")
            : find(target).getVersion();
    List<MigrationInfo> stamped =
        standing.all().stream()
            .filter(each -> each.getVersion() != null && !each.getState().isApplied())
            .filter(
                each -> head || (!target.equals("base") && each.getVersion().compareTo(last) <= 0))
            .toList();
    boolean checked = !stamped.isEmpty() && !run.request().has(Option.UNCHECKED);
    List<String> made =
        checked ? new StampCheck(run).passed(scripts(standing, stamped)) : List.of();
    MadeObjects notes = begin(standing);
    for (MigrationInfo migration : stamped) {
      run.history().insert(migration);
      run.draft().applied.add(HistoryState.name(migration));
    }
    notes.adopt(made);
    end(
        "%s as applied; none was run%s."
            .formatted(
                CountedNoun.of(stamped.size(), "migration counts", "migrations count"),
                checked ? ", and the schema is what they make" : ""));
  }

  /// The files of all versions that are to count as applied.
  private static Set<String> scripts(HistoryState standing, List<MigrationInfo> stamped) {
    return Stream.concat(standing.appliedNewestFirst().stream(), stamped.stream())
        .map(MigrationInfo::getScript)
        .collect(Collectors.toSet());
  }

  public void repair() throws SQLException {
    String version =
        run.request()
            .text(Option.CHECKSUM)
            .orElseThrow(() -> new StoppedException(RunOutcome.USAGE, "Give --checksum VERSION."));
    MigrationInfo migration = find(version);
    History.Checksums checksums =
        run.history()
            .checksums(migration)
            .orElseThrow(
                () ->
                    new StoppedException(
                        RunOutcome.REFUSED,
                        "%s is not both applied and here as a file."
                            .formatted(HistoryState.name(migration))));
    if (checksums.applied().equals(checksums.file())) {
      end(
          "%s has checksum %s, as its file has."
              .formatted(HistoryState.name(migration), checksums.file()));
      return;
    }
    run.history().acceptChecksum(migration);
    end(
        "%s had checksum %s and has %s now, as its file has."
            .formatted(HistoryState.name(migration), checksums.applied(), checksums.file()));
  }

  private MigrationInfo find(String version) {
    HistoryState standing = run.standing();
    return VersionWords.version(run.set(), standing, version)
        .flatMap(standing::find)
        .orElseThrow(
            () ->
                new StoppedException(
                    RunOutcome.USAGE,
                    "There is no migration %s; history lists them%s."
                        .formatted(version, VersionWords.known(run.set()))));
  }

  private void end(String message) throws SQLException {
    run.draft().version(run.history().version());
    run.draft().end(RunOutcome.DONE, message);
  }
}
