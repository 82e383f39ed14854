package dev.stipend.migration.report;

import dev.stipend.migration.OutsideObjects;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MadeObjects;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/// Stands around each migration: begins none that is likely not to end in time, gives its
/// statements what time there is, lets names without a schema mean its own schema, and rolls it
/// back if it has reached outside of that.
public final class Progress implements Callback {
  private final Run run;
  private final OutsideObjects outside;
  private final MadeObjects made;
  private final UnfinishedRun unfinished;
  private final Set<String> extensions;
  private Duration longest = Duration.ZERO;
  private long begun;
  private boolean outOfTime;
  private @Nullable StoppedException stopped;

  public Progress(Run run) throws SQLException {
    this.run = run;
    this.outside = OutsideObjects.of(run.connection(), run.set().schema());
    this.made = new MadeObjects(run);
    this.unfinished = new UnfinishedRun(run);
    this.extensions = extensions();
  }

  public boolean isOutOfTime() {
    return outOfTime;
  }

  /// Why it rolled a migration back.
  public Optional<StoppedException> stopped() {
    return Optional.ofNullable(stopped);
  }

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        begin();
      } else {
        end(context.getMigrationInfo().getScript());
      }
    } catch (SQLException failure) {
      throw new FlywayException(failure.getMessage(), failure);
    }
  }

  /// Before a migration.
  public void begin() throws SQLException {
    run.context().check();
    if (!run.budget().hasFor(longest)) {
      outOfTime = true;
      throw new FlywayException("no time left");
    }
    if (run.budget().usable().isPresent()) {
      run.session().limitStatements(run.budget());
    }
    run.path().set(run.connection());
    made.look();
    begun = System.nanoTime();
  }

  /// After it, in its transaction if it has one.
  ///
  /// @param script its file
  public void end(String script) throws SQLException {
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    longest = taken.compareTo(longest) > 0 ? taken : longest;
    if (isTransaction()) {
      refuse(script, outside.touched(run.connection()));
    }
    made.note();
    unfinished.add(script);
    noteExtensions();
  }

  private void noteExtensions() throws SQLException {
    Set<String> now = extensions();
    for (String extension : now) {
      String note = "Extension %s was created.".formatted(extension);
      if (!extensions.contains(extension) && !run.draft().warnings.contains(note)) {
        run.draft().warnings.add(note);
      }
    }
  }

  private Set<String> extensions() throws SQLException {
    Set<String> names = new TreeSet<>();
    Query.rows(run.connection(), "SELECT extname FROM pg_extension")
        .forEach(row -> names.add(row.text(0)));
    return names;
  }

  private boolean isTransaction() throws SQLException {
    Connection connection = run.connection();
    return !connection.getAutoCommit();
  }

  private void refuse(String script, Set<String> touched) {
    if (!touched.isEmpty()) {
      stopped =
          new StoppedException(
              RunOutcome.MIGRATION_FAILED, trespass(script, run.set().schema(), touched));
      throw new FlywayException("outside of its schema", stopped);
    }
  }

  @Override
  public String getCallbackName() {
    return "progress";
  }

  /// What to say of a script that has reached outside of its schema.
  public static String trespass(String script, String schema, Set<String> touched) {
    return "%s reached outside of schema %s, to %s. It was rolled back; what ran before it stays. A set keeps to its own schema."
        .formatted(script, schema, String.join(", ", touched));
  }
}
