package dev.stipend.migration;

import dev.stipend.migration.check.AlembicRevision;
import dev.stipend.migration.check.NamedCheck;
import dev.stipend.migration.check.SchemaContents;
import dev.stipend.migration.check.Verification;
import dev.stipend.migration.database.Target;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.operations.Operations;
import dev.stipend.migration.operations.OperationsReport;
import dev.stipend.migration.prisma.PrismaRuns;
import dev.stipend.migration.report.Redaction;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.platform.sql.FailureCause;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// The verbs that only look.
final class ReadCommands {
  private final Run run;
  private final ReportDraft draft;

  ReadCommands(Run run) {
    this.run = run;
    this.draft = run.draft();
  }

  /// How the schema stands; the gravest first.
  void status() throws SQLException {
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.pending.addAll(HistoryState.names(standing.pending()));
    draft.differences.addAll(new FingerprintStore(run).differences());
    AlembicRevision.sentence(run.connection(), run.set().schema()).ifPresent(draft.warnings::add);
    judge(standing);
  }

  private void judge(HistoryState standing) {
    String version = HistoryState.said(standing.version());
    if (!standing.failed().isEmpty()) {
      draft.end(
          RunOutcome.MIGRATION_FAILED,
          run.set().isPrisma()
              ? PrismaRuns.failed(standing)
              : "%s failed.".formatted(HistoryState.name(standing.failed().getFirst())));
    } else if (standing.newer()) {
      draft.end(RunOutcome.NEWER, "The schema is at %s, newer than this build.".formatted(version));
    } else if (!standing.divergences().isEmpty()) {
      draft.end(RunOutcome.DIVERGED, String.join(" ", standing.divergences()));
    } else if (!standing.pending().isEmpty()) {
      draft.end(
          RunOutcome.PENDING,
          "%s pending; the schema is at %s; run deploy."
              .formatted(
                  CountedNoun.of(standing.pending().size(), "migration is", "migrations are"),
                  version));
    } else if (!draft.differences.isEmpty()) {
      draft.end(
          RunOutcome.DRIFTED,
          "%s from what migrations made; diff lists them."
              .formatted(
                  CountedNoun.of(draft.differences.size(), "object differs", "objects differ")));
    } else {
      draft.end(RunOutcome.UP_TO_DATE, "The schema is up to date at %s.".formatted(version));
    }
  }

  /// What an operator wants to know. That it could be found out is success, whatever it is; a
  /// locked table must not keep it from being found out.
  void report(Redaction redaction) throws SQLException {
    Operations operations = Operations.of(run, redaction);
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.pending.addAll(HistoryState.names(standing.pending()));
    try {
      draft.differences.addAll(new FingerprintStore(run).differences());
    } catch (SQLException failure) {
      if (FailureCause.of(failure) != FailureCause.CONTENTION) {
        throw failure;
      }
      draft.warnings.add("Drift was not looked for, because something has locked the schema.");
    }
    judge(standing);
    OperationsReport found = operations.report(draft.outcome(), draft.message());
    draft.operations(found);
    draft.end(RunOutcome.DONE, Operations.summary(found));
  }

  void current() {
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.end(RunOutcome.DONE, standing.version().orElse("none"));
  }

  void history() throws SQLException {
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.history.addAll(run.history().lines(standing));
    draft.pending.addAll(HistoryState.names(standing.pending()));
    draft.end(
        RunOutcome.DONE,
        "%s, %d of them pending."
            .formatted(
                CountedNoun.of(standing.all().size(), "migration"), standing.pending().size()));
  }

  void plan() throws SQLException {
    if (run.request().verb() == Verb.DOWNGRADE) {
      draft.plan.addAll(new Downgrade(run).plan());
      draft.preparation.add(run.path().sql());
    } else {
      Target target = Target.of(run);
      HistoryState standing = target.standing();
      draft.standing(standing);
      draft.pending.addAll(HistoryState.names(standing.pending()));
      Plan plan = new Plan(run, standing);
      draft.plan.addAll(plan.shown());
      draft.findings.addAll(plan.findings());
      plan.obstacles().forEach(problem -> draft.warnings.add(problem.sentence()));
      draft.preparation.addAll(plan.preparation());
      draft.warnings.addAll(standing.divergences());
    }
    draft.end(
        RunOutcome.DONE,
        "%s would run; nothing was changed."
            .formatted(CountedNoun.of(draft.plan.size(), "migration")));
  }

  void lint() throws SQLException {
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.findings.addAll(new Plan(run, standing).findings());
    long errors = draft.findings.stream().filter(LintFinding::error).count();
    draft.end(
        errors > 0 ? RunOutcome.LINT : RunOutcome.DONE,
        "%s, %s in %s."
            .formatted(
                CountedNoun.of(errors, "error"),
                CountedNoun.of(draft.findings.size() - errors, "warning"),
                CountedNoun.of(standing.pending().size(), "pending migration")));
  }

  void diff() throws SQLException {
    HistoryState standing = run.standing();
    draft.standing(standing);
    FingerprintStore store = new FingerprintStore(run);
    draft.differences.addAll(store.differences());
    if (run.request().has(Option.ACCEPT)) {
      store.take(standing.version());
      new UnfinishedRun(run).end();
      draft.end(
          RunOutcome.DONE,
          "%s accepted.".formatted(CountedNoun.of(draft.differences.size(), "difference")));
    } else if (!draft.differences.isEmpty()) {
      draft.end(
          RunOutcome.DRIFTED,
          "%s from what the last run left."
              .formatted(
                  CountedNoun.of(draft.differences.size(), "object differs", "objects differ")));
    } else if (store.isKept()) {
      draft.end(RunOutcome.UP_TO_DATE, "The schema is as the last run left it.");
    } else {
      draft.end(
          RunOutcome.UP_TO_DATE, "There is nothing to compare with yet; deploy records the state.");
    }
  }

  void verify() throws SQLException {
    HistoryState standing = run.standing();
    draft.standing(standing);
    draft.pending.addAll(HistoryState.names(standing.pending()));
    SchemaContents contents = SchemaContents.of(run.connection(), run.set().schema());
    draft.tables.addAll(contents.tables());
    if (standing.all().stream().noneMatch(each -> each.getState().isApplied())) {
      draft.end(
          RunOutcome.PENDING,
          "Nothing is migrated in schema %s; run deploy.".formatted(run.set().schema()));
      return;
    }
    List<Verification.Finding> findings = new Verification(run).of(standing);
    findings.stream()
        .filter(finding -> !finding.error())
        .forEach(finding -> draft.warnings.add(finding.message()));
    draft.checks.addAll(NamedCheck.of(run));
    List<String> errors =
        Stream.concat(
                findings.stream()
                    .filter(Verification.Finding::error)
                    .map(Verification.Finding::message),
                draft.checks.stream().filter(check -> !check.ok()).map(NamedCheck::sentence))
            .toList();
    if (!standing.failed().isEmpty()) {
      draft.end(
          RunOutcome.MIGRATION_FAILED,
          "%s failed.".formatted(HistoryState.name(standing.failed().getFirst())));
    } else if (!errors.isEmpty()) {
      draft.end(RunOutcome.UNVERIFIED, String.join("; ", errors));
    } else if (!standing.pending().isEmpty()) {
      draft.end(
          RunOutcome.PENDING,
          "The schema is not complete: %s pending; run deploy. What is applied is sound."
              .formatted(
                  CountedNoun.of(standing.pending().size(), "migration is", "migrations are")));
    } else {
      draft.end(
          RunOutcome.DONE,
          "The schema is sound: %s; %s."
              .formatted(contents.figures(), CountedNoun.of(draft.warnings.size(), "remark")));
    }
  }
}
