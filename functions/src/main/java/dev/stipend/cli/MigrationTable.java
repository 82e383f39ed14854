package dev.stipend.cli;

import dev.stipend.migration.PlannedMigration;
import dev.stipend.migration.Verb;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.report.MigrationReport;
import java.io.PrintWriter;

/// Prints a report for people.
final class MigrationTable {
  private static final String LINE = "%-14s %-12s %-20s %8s  %s%n";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";
  private static final int WORST_GOOD = 0;
  private static final int WORST_OPEN = 10;

  private final PrintWriter out;
  private final boolean colours;

  MigrationTable(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /// Prints it.
  ///
  /// @param asSql only what would run, as a script
  void print(Verb verb, MigrationReport report, boolean asSql) {
    if (asSql && report.isOk()) {
      report.preparation().forEach(statement -> out.println(statement + ";\n"));
      report.plan().forEach(this::script);
      return;
    }
    if (verb == Verb.CURRENT && report.isOk()) {
      out.println(report.message());
      return;
    }
    if (!report.history().isEmpty()) {
      history(report);
    }
    report.plan().forEach(this::plan);
    list(verb == Verb.DOWNGRADE ? "Undone" : "Applied", report.applied());
    if (report.history().isEmpty()) {
      list("Pending", report.pending());
    }
    list("Finding", report.findings().stream().map(LintFinding::sentence).toList());
    report.differences().forEach(difference -> out.printf("Drift: %s%n", difference.sentence()));
    report
        .checks()
        .forEach(
            check -> out.println(painted(check.ok() ? GREEN : RED, "Check " + check.sentence())));
    report.warnings().stream()
        .filter(
            warning ->
                report.differences().stream()
                    .noneMatch(difference -> difference.sentence().equals(warning)))
        .forEach(warning -> out.println(painted(YELLOW, "Note: " + warning)));
    if (!report.tables().isEmpty()) {
      out.printf("Tables in schema %s: %s%n", report.schema(), String.join(", ", report.tables()));
    }
    report.operations().ifPresent(new OperationsTable(out)::print);
    report.database().ifPresent(database -> place(report, database));
    report.holder().ifPresent(holder -> out.printf("Lock: %s%n", holder));
    out.println(painted(colour(report), report.message()));
    report.problems().stream()
        .map(MigrationProblem::sentence)
        .filter(sentence -> !report.message().contains(sentence))
        .forEach(sentence -> out.println(painted(RED, sentence)));
  }

  private void place(MigrationReport report, String database) {
    out.printf(
        "Checked: %sschema %s of database %s on %s%n",
        report.set().equals(MigrationSet.CORE) ? "" : report.set() + " in ",
        report.schema(),
        database,
        report.host().orElse(""));
  }

  private void history(MigrationReport report) {
    out.printf(LINE, "VERSION", "STATE", "INSTALLED", "MS", "DESCRIPTION");
    for (MigrationReport.HistoryLine line : report.history()) {
      out.printf(
          LINE,
          line.version().orElse("repeatable"),
          line.state(),
          line.installedOn().orElse(""),
          line.milliseconds().map(String::valueOf).orElse(""),
          line.description());
    }
  }

  private void list(String heading, java.util.List<String> lines) {
    lines.forEach(line -> out.printf("%s: %s%n", heading, line));
  }

  private void plan(PlannedMigration migration) {
    out.printf("-- %s%s%n", migration.name(), migration.transactional() ? "" : " (no transaction)");
    migration
        .statements()
        .forEach(
            statement -> {
              if (!statement.lock().isEmpty()) {
                out.println(painted(YELLOW, "-- takes " + statement.lock()));
              }
              out.printf("%s;%n%n", statement.sql());
            });
  }

  private void script(PlannedMigration migration) {
    out.printf("-- %s%n", migration.name());
    if (migration.transactional()) {
      out.println("BEGIN;");
    }
    migration.statements().forEach(statement -> out.println(statement.script()));
    out.println(migration.transactional() ? "COMMIT;\n" : "");
  }

  private static String colour(MigrationReport report) {
    if (report.exitCode() == WORST_GOOD) {
      return GREEN;
    }
    return report.exitCode() == WORST_OPEN ? YELLOW : RED;
  }

  private String painted(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }
}
