package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.Requirements;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.history.HistoryTable;
import dev.stipend.migration.report.Progress;
import dev.stipend.platform.sql.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.resource.LoadableResource;

/// What is for development only: sample data, and making the schema anew.
final class Development {
  private static final int TOKEN_LENGTH = 8;

  private final Run run;

  Development(Run run) {
    this.run = run;
  }

  /// Puts sample data in, by files that may be repeated, with a history of their own.
  ///
  /// @param base Flyway's settings
  void seed(org.flywaydb.core.api.configuration.Configuration base) throws SQLException {
    if (!run.environment().isHarmless()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Sample data does not belong here: %s. Set it to development or test."
              .formatted(run.environment().described()));
    }
    if (run.set().pack().isEmpty() && !run.standing().pending().isEmpty()) {
      throw new StoppedException(
          RunOutcome.PENDING, "The schema is not up to date; run deploy before seed.");
    }
    MigrationSet seeds = run.set().seeds();
    if (seeds.files().isEmpty()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          run.set().pack().isPresent()
              ? "Pack %s has no sample data.".formatted(run.set().name())
              : "There are no seeds; they are R files in the folder seed of the set.");
    }
    run.draft().end(RunOutcome.DONE, inserted(base, seeds));
  }

  /// Puts sample data into a schema that was made anew. Stipend's own schema gets none: its seeds
  /// are for trying it out.
  ///
  /// @param base Flyway's settings
  void seedAnew(org.flywaydb.core.api.configuration.Configuration base) throws SQLException {
    MigrationSet seeds = run.set().seeds();
    if (run.set().isCore()
        || seeds.files().isEmpty()
        || run.draft().outcome() != RunOutcome.MIGRATED) {
      return;
    }
    String migrated = run.draft().message();
    run.draft().end(RunOutcome.MIGRATED, migrated + " " + inserted(base, seeds));
  }

  /// Runs the seeds whose requirements are met.
  ///
  /// @return how many, in words
  private String inserted(org.flywaydb.core.api.configuration.Configuration base, MigrationSet all)
      throws SQLException {
    new HistoryTable(run.connection(), all).create();
    MigrationSet seeds = ready(new FlywayRuns(base, run.session(), all), all);
    FlywayRuns flyway = new FlywayRuns(base, run.session(), seeds);
    HistoryState standing = flyway.standing(false, Optional.empty());
    refuseStrangers(flyway, standing, seeds);
    Progress progress = new Progress(run);
    try {
      flyway.migrate(false, Optional.empty(), progress);
    } catch (FlywayException failure) {
      throw progress.stopped().orElseThrow(() -> failure);
    }
    run.draft().applied.addAll(HistoryState.names(standing.pending()));
    return "%s inserted.".formatted(CountedNoun.of(standing.pending().size(), "seed"));
  }

  /// Leaves out the seeds that need what is not there, and says which.
  private MigrationSet ready(FlywayRuns flyway, MigrationSet seeds) throws SQLException {
    ScriptReader reader = flyway.scripts();
    Requirements requirements = new Requirements(run, run.standing());
    Set<String> ready = new HashSet<>();
    List<MigrationProblem> missing = new ArrayList<>();
    for (LoadableResource file : seeds.files().getResources("R", new String[] {".sql"})) {
      List<MigrationProblem> problems = requirements.missing(List.of(reader.read(file)));
      missing.addAll(problems);
      if (problems.isEmpty()) {
        ready.add(file.getFilename());
      }
    }
    if (ready.isEmpty()) {
      throw new StoppedException(missing.getFirst());
    }
    missing.forEach(problem -> run.draft().warnings.add(problem.sentence()));
    return seeds.with(seeds.files().only(ready));
  }

  private void refuseStrangers(FlywayRuns flyway, HistoryState standing, MigrationSet seeds)
      throws SQLException {
    ScriptReader reader = flyway.scripts();
    List<Script> scripts =
        standing.pending().stream()
            .flatMap(seed -> seeds.files().find(seed.getScript()).stream())
            .map(reader::read)
            .toList();
    for (MigrationProblem problem : Boundary.problems(run, scripts)) {
      throw new StoppedException(problem);
    }
  }

  /// Drops what the set has made, if environment, name of the database and token all agree.
  void drop() throws SQLException {
    Query.Row here =
        Query.row(
            run.connection(),
            """
            SELECT datname, substr(md5(concat(datname, oid, pg_postmaster_start_time(), CAST(? AS text))), 1, ?)
            FROM pg_database
            WHERE datname = current_database()
            """,
            run.set().schema(),
            TOKEN_LENGTH);
    String database = here.text(0);
    if (!run.environment().isHarmless()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "reset drops what these migrations have made in schema %s with all its data, and %s. It is for development and test only."
              .formatted(run.set().schema(), run.environment().described()));
    }
    if (!run.request().text(Option.DATABASE).equals(Optional.of(database))) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "reset drops what these migrations have made in schema %s of database %s with all its data; say so with --database %s."
              .formatted(run.set().schema(), database, database));
    }
    if (!run.request().text(Option.CONFIRM).equals(Optional.of(here.text(1)))) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Repeat it with --confirm %s to drop what these migrations have made in schema %s of database %s."
              .formatted(here.text(1), run.set().schema(), database));
    }
    new Reset(run).drop();
  }
}
