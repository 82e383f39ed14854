package dev.stipend.local.schedule;

import dev.stipend.local.template.ScheduleTrigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls functions on the schedules of the template, in real time.
public final class Scheduler implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("scheduler").factory());

  public Scheduler() {
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /// Calls `call` at each time of the trigger from now on. A failed call does not stop the next
  /// one.
  public void add(ScheduleTrigger trigger, Runnable call) {
    arm(
        trigger,
        Schedule.parse(trigger.expression(), trigger.timeZone().orElse(ZoneOffset.UTC)),
        call);
  }

  /// Waits for a running call to end.
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("A scheduled call is still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void arm(ScheduleTrigger trigger, Schedule schedule, Runnable call) {
    Instant now = Instant.now();
    Optional<Instant> next = schedule.next(now);
    if (next.isPresent()) {
      ScheduledFuture<?> unused =
          timer.schedule(
              () -> run(trigger, schedule, call),
              Duration.between(now, next.get()).toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private void run(ScheduleTrigger trigger, Schedule schedule, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed on its schedule {}", trigger.function(), trigger.expression(), e);
    }
    if (!timer.isShutdown()) {
      arm(trigger, schedule, call);
    }
  }
}
