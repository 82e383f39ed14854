package dev.stipend.migration.operations;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.FailureText;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.check.Doctor;
import dev.stipend.migration.check.SchemaContents;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Asks the database what an operator wants to know of it.
public final class Operations {
  private static final Duration LONGEST_QUERY = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final Run run;
  private final Connection connection;
  private final String schema;
  private final Redaction redaction;

  private Operations(Run run, Redaction redaction) {
    this.run = run;
    this.connection = run.connection();
    this.schema = run.set().schema();
    this.redaction = redaction;
  }

  /// What the columns of JSON of some tables take on the disk.
  public static Section<?> jsonColumns(Connection connection, String schema, Set<String> tables)
      throws SQLException {
    return JsonColumns.of(connection, schema, tables);
  }

  /// Makes the session one that waits for nobody; it keeps that.
  public static Operations of(Run run, Redaction redaction) throws SQLException {
    Query.execute(
        run.connection(),
        "SET lock_timeout = %d; SET statement_timeout = %d"
            .formatted(
                LONGEST_WAIT.toMillis(),
                Math.max(1, run.budget().atMost(LONGEST_QUERY).toMillis())));
    return new Operations(run, redaction);
  }

  /// Looks at all of it.
  ///
  /// @param migrations what was found of the migrations, with its sentence
  public OperationsReport report(RunOutcome migrations, String message) throws SQLException {
    return new OperationsReport(
        ServerState.of(connection),
        migrations,
        message,
        SchemaContents.of(connection, schema).figures(),
        read(TableSizes.HEADING, () -> TableSizes.of(connection, schema)),
        read(JsonColumns.HEADING, () -> JsonColumns.of(connection, schema)),
        read(UnusedIndexes.HEADING, () -> UnusedIndexes.of(connection, schema)),
        read(UnindexedKeys.HEADING, () -> UnindexedKeys.of(connection, schema)),
        read(BrokenIndexes.HEADING, () -> BrokenIndexes.of(connection, schema)),
        read(SlowQueries.HEADING, () -> SlowQueries.of(connection, redaction)),
        read(LockWaits.HEADING, () -> LockWaits.of(connection, redaction)),
        read(
            LongTransactions.HEADING,
            () -> LongTransactions.of(connection, Doctor.LONG, redaction)),
        read(Applications.HEADING, () -> Applications.of(connection, redaction)));
  }

  /// A section that fails says why, unless there is nobody left to ask.
  private <R extends Section.Row> Section<R> read(
      Section.Heading heading, Question<Section<R>> question) throws SQLException {
    run.context().check();
    try {
      return question.ask();
    } catch (SQLException failure) {
      run.context().check();
      if (run.session().isBroken()) {
        throw failure;
      }
      return heading.unread(
          "It could not be read: %s%s."
              .formatted(
                  redaction.of(FailureText.cause(failure)),
                  FailureCause.state(failure).map(" (%s)"::formatted).orElse("")));
    }
  }

  /// The report in a few words: how the schema stands, and what is worth a look.
  public static String summary(OperationsReport report) {
    List<String> remarks =
        Stream.of(
                remark(report.blockedSessions(), "lock wait", "lock waits"),
                remark(report.longTransactions(), "long transaction", "long transactions"),
                remark(report.invalidIndexes(), "invalid index", "invalid indexes"),
                remark(
                    report.foreignKeysWithoutIndex(),
                    "foreign key without an index",
                    "foreign keys without an index"),
                remark(report.unusedIndexes(), "unused index", "unused indexes"),
                remark(report.slowQueries(), "slow query", "slow queries"))
            .flatMap(Optional::stream)
            .toList();
    return "%s %s. %s"
        .formatted(
            report.migrationsMessage(),
            report.figures(),
            remarks.isEmpty()
                ? "Nothing else stands out."
                : "Worth a look: %s.".formatted(String.join(", ", remarks)));
  }

  private static Optional<String> remark(Section<?> section, String one, String many) {
    return section.total() == 0
        ? Optional.empty()
        : Optional.of(CountedNoun.of(section.total(), one, many));
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }
}
