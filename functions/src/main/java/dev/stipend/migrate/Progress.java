package dev.stipend.migrate;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Stands before each migration: begins none that is likely not to end in time, and gives its
/// statements what time there is.
final class Progress implements Callback {
  private final Run run;
  private Duration longest = Duration.ZERO;
  private long begun;
  private boolean outOfTime;

  Progress(Run run) {
    this.run = run;
  }

  boolean isOutOfTime() {
    return outOfTime;
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
    if (event == Event.AFTER_EACH_MIGRATE) {
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      longest = taken.compareTo(longest) > 0 ? taken : longest;
      return;
    }
    run.context().check();
    if (!run.budget().hasFor(longest)) {
      outOfTime = true;
      throw new FlywayException("no time left");
    }
    try {
      if (run.budget().usable().isPresent()) {
        run.session().limitStatements(run.budget());
      }
    } catch (SQLException failure) {
      throw new FlywayException(failure.getMessage(), failure);
    }
    begun = System.nanoTime();
  }

  @Override
  public String getCallbackName() {
    return "progress";
  }
}
