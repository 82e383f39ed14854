package dev.stipend.migration;

import dev.stipend.migration.check.InvalidIndexes;
import dev.stipend.migration.check.MadeByScript;
import dev.stipend.migration.check.MadeObjects;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.PublicViews;
import dev.stipend.migration.check.Verification;
import dev.stipend.migration.database.Pause;
import dev.stipend.migration.database.Target;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.history.HistoryTable;
import dev.stipend.migration.history.PackHistory;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.prisma.PrismaRuns;
import dev.stipend.migration.report.Progress;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.platform.sql.FailureCause;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings a schema up to date: lint, requirements, drift, migrate, verify.
public final class Deploy {
  /// Somebody else had what was needed, and the migration was rolled back: another try may do.
  private static final Set<String> RETRIED = Set.of("55P03", "40P01");

  static final int ATTEMPTS = 5;
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private final Run run;
  private final RandomGenerator random;
  private final ReportDraft draft;

  public Deploy(Run run, RandomGenerator random) {
    this.run = run;
    this.random = random;
    this.draft = run.draft();
  }

  /// The caller has the lock.
  void run() throws SQLException {
    Target target = Target.of(run);
    HistoryState standing = target.standing();
    if (!standing.newer() && new InvalidIndexes(run).clear(standing)) {
      standing = target.standing();
    }
    draft.standing(standing);
    if (standing.newer()) {
      draft.end(
          RunOutcome.NEWER,
          "The schema is at version %s, newer than this build's %s: nothing was changed. A rollback leaves the schema as it is."
              .formatted(standing.version().orElse(""), standing.newest().orElse("")));
      return;
    }
    if (run.set().isPrisma()) {
      PrismaRuns.guard(standing, draft);
    } else {
      guard(standing);
    }
    if (standing.pending().isEmpty()) {
      checkDrift().forEach(draft.warnings::add);
      new UnfinishedRun(run).end();
      new PackHistory(run.connection(), run.set()).remember();
      new FingerprintStore(run).takeFirst(standing);
      draft.end(
          RunOutcome.UP_TO_DATE,
          "The schema is up to date at %s.".formatted(HistoryState.said(standing.version())));
      return;
    }
    check(standing);
    refuseDrift(standing);
    createSchema();
    new MadeObjects(run).begin(standing);
    UnfinishedRun unfinished = new UnfinishedRun(run);
    unfinished.begin();
    HistoryState now = migrated(target, standing);
    new FingerprintStore(run).take(now.version());
    unfinished.end();
    new PackHistory(run.connection(), run.set()).remember();
    verify(now);
  }

  /// Flyway would create the schema itself and note that in its history; ours it must find.
  public void createSchema() throws SQLException {
    HistoryTable.createSchema(run.connection(), run.set().schema());
  }

  private static void guard(HistoryState standing) {
    if (!standing.failed().isEmpty()) {
      MigrationInfo failed = standing.failed().getFirst();
      throw new StoppedException(
          RunOutcome.MIGRATION_FAILED,
          "%s failed earlier, outside of a transaction; finish or undo its work by hand, then run resolve --applied %s or resolve --rolled-back %s."
              .formatted(failed.getScript(), failed.getVersion(), failed.getVersion()));
    }
    if (!standing.divergences().isEmpty()) {
      throw new StoppedException(RunOutcome.DIVERGED, String.join(" ", standing.divergences()));
    }
  }

  /// Looks at the pending files, before anything runs.
  void check(HistoryState standing) throws SQLException {
    Plan plan = new Plan(run, standing);
    List<MigrationProblem> obstacles = plan.obstacles();
    draft.problems.addAll(obstacles);
    stopFor(obstacles, MigrationProblem.Kind.BOUNDARY);
    List<LintFinding> findings = plan.findings();
    List<LintFinding> errors = findings.stream().filter(LintFinding::error).toList();
    if (run.set().isPrisma()) {
      advise(errors);
    } else {
      draft.findings.addAll(findings);
    }
    if (!errors.isEmpty() && !run.set().isPrisma()) {
      throw new StoppedException(
          RunOutcome.LINT,
          "%s the migrations from running, such as %s."
              .formatted(
                  CountedNoun.of(errors.size(), "finding keeps", "findings keep"),
                  errors.getFirst().sentence()));
    }
    stopFor(obstacles, MigrationProblem.Kind.REQUIREMENT);
  }

  /// Prisma's files are not to be edited: what is applied somewhere has its checksum there.
  private void advise(List<LintFinding> errors) {
    if (!errors.isEmpty()) {
      draft.warnings.add(
          "Lint would refuse %s of the pending files, such as %s; lint lists them."
              .formatted(CountedNoun.of(errors.size(), "statement"), errors.getFirst().sentence()));
    }
  }

  /// All that is wrong is said at once.
  private static void stopFor(List<MigrationProblem> obstacles, MigrationProblem.Kind kind) {
    List<MigrationProblem> found =
        obstacles.stream().filter(problem -> problem.kind() == kind).toList();
    if (!found.isEmpty()) {
      throw StoppedException.of(found);
    }
  }

  private List<String> checkDrift() throws SQLException {
    draft.differences.addAll(new FingerprintStore(run).differences());
    return draft.differences.stream().map(Difference::sentence).toList();
  }

  private void refuseDrift(HistoryState standing) throws SQLException {
    List<String> drift = checkDrift();
    if (!drift.isEmpty() && !run.request().has(Option.ALLOW_DRIFT)) {
      throw new StoppedException(
          RunOutcome.DRIFTED,
          "The schema was changed by something other than migrations: %s. %sUndo it, or run deploy --allow-drift, or diff --accept."
              .formatted(String.join("; ", drift), madeByHand(standing)));
    }
    drift.forEach(draft.warnings::add);
  }

  /// What was added and is what a pending migration would make.
  private String madeByHand(HistoryState standing) {
    StringBuilder sentences = new StringBuilder();
    for (Plan.Step step : new Plan(run, standing).steps()) {
      Set<String> made = step.script().map(MadeByScript::of).orElse(Set.of());
      String there =
          draft.differences.stream()
              .filter(each -> each.was().isEmpty() && MadeByScript.has(made, each))
              .map(Difference::object)
              .collect(Collectors.joining(", "));
      if (!there.isEmpty() && step.migration().getVersion() != null) {
        sentences.append(
            "%s makes %s, too: if all that it makes is there and right, run resolve --applied %s, else drop it. "
                .formatted(step.migration().getScript(), there, step.migration().getVersion()));
      }
    }
    return sentences.toString();
  }

  /// What a run has made before it failed is no drift. What a migration without a transaction left
  /// behind may be.
  private HistoryState migrated(Target target, HistoryState before) throws SQLException {
    try {
      return migrate(target, before);
    } catch (StoppedException stopped) {
      if (!draft.applied.isEmpty() && !run.session().isBroken()) {
        HistoryState now = target.standing();
        new PackHistory(run.connection(), run.set()).rememberIfInEffect(now);
        if (now.failed().isEmpty()) {
          new FingerprintStore(run).take(now.version());
        }
      }
      throw stopped;
    }
  }

  /// @return how it stands afterwards
  private HistoryState migrate(Target target, HistoryState before) throws SQLException {
    Progress progress = new Progress(run);
    try {
      new PublicViews(run).around(() -> attempts(target, progress));
    } finally {
      tell(target, before);
    }
    HistoryState now = target.standing();
    draft.standing(now);
    if (progress.isOutOfTime()) {
      throw new StoppedException(
          RunOutcome.STOPPED_IN_TIME,
          "Time ran out after %s, %d are left; run deploy again to continue."
              .formatted(CountedNoun.of(draft.applied.size(), "migration"), draft.pending.size()));
    }
    return now;
  }

  private void attempts(Target target, Progress progress) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        target.migrate(progress);
        return;
      } catch (FlywayException failure) {
        if (progress.isOutOfTime()) {
          return;
        }
        if (progress.stopped().isPresent()) {
          throw progress.stopped().get();
        }
        run.context().check();
        if (!isPassing(failure) || attempt == ATTEMPTS) {
          throw new StoppedException(
              RunOutcome.MIGRATION_FAILED,
              FailureText.sentence(failure) + FailureAdvice.of(run, failure));
        }
        draft.warnings.add("Attempt %d: %s".formatted(attempt, FailureText.sentence(failure)));
        Pause.of(
            run.budget().atMost(RETRY_PAUSE.plusMillis(random.nextLong(RETRY_PAUSE.toMillis()))));
        new InvalidIndexes(run).clear(target.standing());
      }
    }
  }

  /// Whether it was somebody else's lock, so that the same may work a moment later.
  static boolean isPassing(Throwable failure) {
    return FailureCause.state(failure).filter(RETRIED::contains).isPresent();
  }

  /// Says what has been done, also when it ended badly.
  private void tell(Target target, HistoryState before) {
    if (run.session().isBroken()) {
      draft.pending.addAll(HistoryState.names(before.pending()));
      return;
    }
    HistoryState now = target.standing();
    draft.standing(now);
    draft.pending.addAll(HistoryState.names(now.pending()));
    List<String> applied = new ArrayList<>(HistoryState.names(before.pending()));
    applied.removeAll(draft.pending);
    applied.removeAll(HistoryState.names(now.failed()));
    draft.applied.addAll(applied);
  }

  private void verify(HistoryState now) throws SQLException {
    List<Verification.Finding> errors =
        new Verification(run).of(now).stream().filter(Verification.Finding::error).toList();
    if (!errors.isEmpty()) {
      throw new StoppedException(
          RunOutcome.UNVERIFIED,
          "All migrations are applied; verification failed: %s."
              .formatted(
                  String.join("; ", errors.stream().map(Verification.Finding::message).toList())));
    }
    draft.end(
        RunOutcome.MIGRATED,
        "%s applied; the schema is at %s."
            .formatted(
                CountedNoun.of(draft.applied.size(), "migration"),
                HistoryState.said(now.version())));
  }
}
