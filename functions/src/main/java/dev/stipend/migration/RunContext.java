package dev.stipend.migration;

import dev.stipend.migration.database.Session;
import dev.stipend.migration.database.TimeBudget;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What surrounds a run: its time, who asked for it, and a way to end it from outside.
public final class RunContext {
  private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);

  private final TimeBudget budget;
  private final Optional<String> requestId;
  private @Nullable Session session;
  private boolean cancelled;

  /// @param requestId the same for the same request; a second run for it answers what the first one
  ///     did
  public RunContext(TimeBudget budget, Optional<String> requestId) {
    this.budget = budget;
    this.requestId = requestId;
  }

  public static RunContext unlimited() {
    return new RunContext(TimeBudget.unlimited(), Optional.empty());
  }

  TimeBudget budget() {
    return budget;
  }

  public Optional<String> requestId() {
    return requestId;
  }

  /// Cancels the statement that runs, and lets no other begin.
  public synchronized void cancel() {
    cancelled = true;
    if (session != null) {
      try {
        session.cancel();
      } catch (SQLException failure) {
        LOG.warn("The running statement could not be cancelled", failure);
      }
    }
  }

  synchronized void attach(Session running) {
    session = running;
    check();
  }

  synchronized void detach() {
    session = null;
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /// Stops a run that its caller has given up.
  ///
  /// @throws StoppedException if it was cancelled
  public void check() {
    if (isCancelled()) {
      throw new StoppedException(RunOutcome.FAILED, "The run was cancelled.");
    }
  }
}
