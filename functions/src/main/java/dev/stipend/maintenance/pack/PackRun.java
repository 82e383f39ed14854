package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.archive.ArchivePlace;
import dev.stipend.maintenance.pack.MaintenanceRules.ArchiveRule;
import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.operations.Operations;
import dev.stipend.migration.operations.Section;
import dev.stipend.migration.report.Redaction;
import dev.stipend.time.TimeLeft;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One run: its tasks in their order, none of which is kept from its work by another that fails.
final class PackRun {
  private final PackRequest request;
  private final Instant now;
  private final TimeLeft left;
  private final List<PackReport.Task> tasks = new ArrayList<>();
  private Redaction redaction = Redaction.none();
  private Optional<String> schema;
  private boolean rejected;

  PackRun(PackRequest request, Instant now, TimeLeft left) {
    this.request = request;
    this.now = now;
    this.left = left;
    this.schema = request.schema();
  }

  /// What is taken out of all that is said from now on.
  void hide(Redaction secrets) {
    redaction = secrets;
  }

  PackReport in(PackSession session, MaintenanceRules rules, Optional<ArchivePlace> place)
      throws SQLException {
    schema = Optional.of(session.schema());
    Optional<String> holder = session.lock();
    if (holder.isPresent()) {
      return ended(
          PackOutcome.BUSY,
          "Nothing was done: %s works on pack %s in schema %s."
              .formatted(holder.get(), session.pack(), session.schema()));
    }
    Optional<String> refusal = session.refusal();
    if (refusal.isPresent()) {
      return ended(PackOutcome.REFUSED, refusal.get());
    }
    if (request.verb() == PackVerb.MIGRATE_LEGACY_DATA) {
      Optional<String> shape = LegacyMigration.refusal(session);
      if (shape.isPresent()) {
        return ended(PackOutcome.REFUSED, shape.get());
      }
    }
    if (!request.dryRun()) {
      new MaintenanceJournal(session).create();
    }
    switch (request.verb()) {
      case MAINTAIN -> maintain(session, rules, place);
      case MIGRATE_LEGACY_DATA -> migrate(session);
      case IMPORT_USER_DATA -> importUsers(session);
      case CLEANUP_OLD_DATA -> cleanUp(session, rules, place);
    }
    return done();
  }

  private void maintain(PackSession session, MaintenanceRules rules, Optional<ArchivePlace> place)
      throws SQLException {
    Map<String, Long> removed = new HashMap<>();
    if (!rules.archive().isEmpty()) {
      // With half of the time, so that the rest has its turn whatever there is to archive.
      removed.putAll(archive(session, rules.archive(), place, left.share(2)));
      session.flushStatistics();
    }
    if (!rules.reindex().isEmpty()) {
      TaskDraft draft = draft("reindex");
      Set<String> tables = new TreeSet<>(rules.reindex());
      rules.reindex().stream()
          .filter(table -> !session.tables().contains(table))
          .forEach(table -> PackMaintenance.missing(session, table, draft));
      tables.retainAll(session.tables());
      draft.attempt(
          "Indexes could not be looked at",
          () ->
              new ReindexTask(session, now, left.share(2), draft, request.dryRun())
                  .run(tables, request.dryRun() ? removed : Map.of()));
      end(draft, count -> ReindexTask.summary(count, request.dryRun()));
    }
    if (rules.statistics()) {
      TaskDraft draft = draft("statistics");
      draft.attempt(
          "Statistics could not be looked at",
          () -> new StatisticsTask(session, left, draft, request.dryRun()).run(removed));
      end(draft, count -> StatisticsTask.summary(count, request.dryRun()));
    }
    if (rules.jsonColumns()) {
      TaskDraft draft = draft("json-columns");
      draft.attempt("Columns of JSON could not be measured", () -> measure(session, draft));
      end(draft, count -> "Columns of JSON measured");
    }
  }

  private Map<String, Long> archive(
      PackSession session, List<ArchiveRule> rules, Optional<ArchivePlace> place, TimeLeft time) {
    TaskDraft draft = draft("archive");
    ArchiveTask archive = new ArchiveTask(session, place, now, time, draft);
    Map<String, Long> removed = new HashMap<>();
    for (ArchiveRule rule : PackMaintenance.present(session, rules, draft)) {
      removed.put(rule.table(), archive.run(rule, request.dryRun()));
    }
    end(draft, count -> ArchiveTask.summary(count, request.dryRun()));
    return removed;
  }

  /// Only looks: it is not counted as something done.
  private void measure(PackSession session, TaskDraft draft) throws SQLException {
    session.limitStatements();
    Section<?> section =
        Operations.jsonColumns(session.connection(), session.schema(), session.tables());
    for (Section.Row row : section.rows()) {
      draft.item(String.join("  ", row.cells()), row.toMap());
    }
    section.note().ifPresent(draft::note);
  }

  private void migrate(PackSession session) {
    TaskDraft draft = draft(request.verb().label());
    draft.attempt(
        "usage_logs could not be migrated",
        () -> new LegacyMigration(session, left, draft).run(request.dryRun()));
    end(draft, count -> LegacyMigration.summary(count, request.dryRun()));
  }

  private void importUsers(PackSession session) throws SQLException {
    TaskDraft draft = draft(request.verb().label());
    rejected = new UserImport(session, request.file().orElseThrow(), draft, request.dryRun()).run();
    end(draft, count -> UserImport.summary(count, request.dryRun()));
  }

  private void cleanUp(PackSession session, MaintenanceRules rules, Optional<ArchivePlace> place) {
    TaskDraft draft = draft("migrated-usage-logs");
    draft.attempt(
        "Migrated rows of usage_logs could not be deleted",
        () -> new CleanUp(session, now, left.share(2), draft).run(request.dryRun()));
    end(
        draft,
        count ->
            CountedNoun.of(count, "migrated row")
                + (request.dryRun() ? " would be deleted" : " deleted"));
    archive(session, rules.cleanUp(), place, left);
  }

  private TaskDraft draft(String task) {
    return new TaskDraft(task, redaction);
  }

  private void end(TaskDraft draft, TaskDraft.Summary summary) {
    tasks.add(draft.end(summary));
  }

  private PackReport done() {
    String said =
        tasks.stream().map(PackReport.Task::summary).collect(Collectors.joining("; ")) + ".";
    long problems = tasks.stream().mapToLong(task -> task.problems().size()).sum();
    if (problems > 0) {
      return ended(
          PackOutcome.FAILED, "%s %s.".formatted(said, CountedNoun.of(problems, "problem")));
    }
    if (rejected) {
      return ended(PackOutcome.REJECTED, said);
    }
    if (tasks.stream().anyMatch(PackReport.Task::unfinished)) {
      return ended(PackOutcome.UNFINISHED, said + " Time ran out: run it once more.");
    }
    if (tasks.stream().allMatch(task -> task.done() == 0)) {
      return ended(PackOutcome.NOTHING, "Nothing to do.");
    }
    return ended(PackOutcome.DONE, said);
  }

  PackReport ended(PackOutcome outcome, String message) {
    return report(outcome, outcome.exitCode(), message);
  }

  /// Ends before anything was begun.
  PackReport stopped(int exitCode, String message) {
    return report(PackOutcome.REFUSED, exitCode, message);
  }

  private PackReport report(PackOutcome outcome, int exitCode, String message) {
    return new PackReport(
        request.verb().label(),
        request.pack(),
        schema.orElse(""),
        request.dryRun(),
        outcome,
        exitCode,
        redaction.of((request.dryRun() ? "Dry run: " : "") + message),
        List.copyOf(tasks));
  }
}
