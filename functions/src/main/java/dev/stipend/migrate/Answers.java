package dev.stipend.migrate;

import java.sql.SQLException;
import java.util.List;

/// The verbs that only look.
final class Answers {
  private final Run run;
  private final ReportDraft draft;

  Answers(Run run) {
    this.run = run;
    this.draft = run.draft();
  }

  /// How the schema stands; the gravest first.
  void status() throws SQLException {
    Standing standing = run.standing();
    draft.standing(standing);
    draft.pending.addAll(Standing.names(standing.pending()));
    String version = standing.version().orElse("none");
    draft.differences.addAll(new FingerprintStore(run).differences());
    if (!standing.failed().isEmpty()) {
      draft.end(
          Outcome.MIGRATION_FAILED,
          "%s failed.".formatted(Standing.name(standing.failed().getFirst())));
    } else if (standing.newer()) {
      draft.end(Outcome.NEWER, "Version %s is newer than this build.".formatted(version));
    } else if (!standing.divergences().isEmpty()) {
      draft.end(Outcome.DIVERGED, String.join(" ", standing.divergences()));
    } else if (!standing.pending().isEmpty()) {
      draft.end(
          Outcome.PENDING,
          "%d migrations are pending after version %s; run deploy."
              .formatted(standing.pending().size(), version));
    } else if (!draft.differences.isEmpty()) {
      draft.end(
          Outcome.DRIFTED,
          "%d objects differ from what migrations made; diff lists them."
              .formatted(draft.differences.size()));
    } else {
      draft.end(Outcome.UP_TO_DATE, "The schema is up to date at version %s.".formatted(version));
    }
  }

  void current() {
    Standing standing = run.standing();
    draft.standing(standing);
    draft.end(Outcome.DONE, standing.version().orElse("none"));
  }

  void history() throws SQLException {
    Standing standing = run.standing();
    draft.standing(standing);
    draft.history.addAll(standing.lines(run.history().times()));
    draft.pending.addAll(Standing.names(standing.pending()));
    draft.end(
        Outcome.DONE,
        "%d migrations, %d of them pending."
            .formatted(standing.all().size(), standing.pending().size()));
  }

  void plan() throws SQLException {
    if (run.request().verb() == Verb.DOWNGRADE) {
      draft.plan.addAll(new Downgrade(run).plan());
    } else {
      Target target = Target.of(run);
      Standing standing = target.standing();
      draft.standing(standing);
      draft.pending.addAll(Standing.names(standing.pending()));
      Plan plan = new Plan(run, standing);
      draft.plan.addAll(plan.shown());
      draft.findings.addAll(plan.findings());
      plan.missing().ifPresent(problem -> draft.warnings.add(problem.sentence()));
      draft.warnings.addAll(standing.divergences());
    }
    draft.end(
        Outcome.DONE, "%d migrations would run; nothing was changed.".formatted(draft.plan.size()));
  }

  void lint() throws SQLException {
    Standing standing = run.standing();
    draft.standing(standing);
    draft.findings.addAll(new Plan(run, standing).findings());
    long errors = draft.findings.stream().filter(LintFinding::error).count();
    draft.end(
        errors > 0 ? Outcome.LINT : Outcome.DONE,
        "%d errors, %d warnings in %d pending migrations."
            .formatted(errors, draft.findings.size() - errors, standing.pending().size()));
  }

  void diff() throws SQLException {
    Standing standing = run.standing();
    draft.standing(standing);
    FingerprintStore store = new FingerprintStore(run);
    draft.differences.addAll(store.differences());
    if (run.request().has(Option.ACCEPT)) {
      store.take(standing.version());
      draft.end(Outcome.DONE, "%d differences accepted.".formatted(draft.differences.size()));
    } else if (!draft.differences.isEmpty()) {
      draft.end(
          Outcome.DRIFTED,
          "%d objects differ from what the last run left.".formatted(draft.differences.size()));
    } else if (store.isKept()) {
      draft.end(Outcome.UP_TO_DATE, "The schema is as the last run left it.");
    } else {
      draft.end(Outcome.UP_TO_DATE, "There is nothing to compare with; deploy takes it down.");
    }
  }

  void verify() throws SQLException {
    Standing standing = run.standing();
    draft.standing(standing);
    List<Verification.Finding> findings =
        new Verification(run.connection(), run.set()).of(run.flyway().scripts(), standing);
    findings.stream()
        .filter(finding -> !finding.error())
        .forEach(finding -> draft.warnings.add(finding.message()));
    List<String> errors =
        findings.stream()
            .filter(Verification.Finding::error)
            .map(Verification.Finding::message)
            .toList();
    if (errors.isEmpty()) {
      draft.end(Outcome.DONE, "The schema is sound; %d remarks.".formatted(draft.warnings.size()));
    } else {
      draft.end(Outcome.UNVERIFIED, String.join("; ", errors));
    }
  }
}
