package dev.stipend.local;

import dev.stipend.local.demo.DemoBudgets;
import dev.stipend.local.demo.DemoTraffic;
import dev.stipend.local.report.LedgerReport;
import dev.stipend.local.report.SummaryTable;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.Terminal;
import dev.stipend.local.usage.UsageLoader;
import dev.stipend.local.usage.UsageOutcomes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/// One run from start to end: what is played, how it ends, and what is printed about it.
final class LocalRun {

  /// Far above the seconds that sending a few messages takes.
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(2);

  private static final Duration SETTLE_STEP = Duration.ofMillis(200);

  private final LocalOptions options;
  private final SamTemplate template;
  private final LocalEnvironment environment;
  private final Terminal terminal;
  private final Closing closing;

  LocalRun(
      LocalOptions options,
      SamTemplate template,
      LocalEnvironment environment,
      Terminal terminal,
      Closing closing) {
    this.options = options;
    this.template = template;
    this.environment = environment;
    this.terminal = terminal;
    this.closing = closing;
  }

  /// Runs until everything is done (`stipend.once`) or until the process is told to stop.
  ///
  /// @throws LocalFailure when something that the person can put right is in the way
  void run() {
    Optional<UsageLoader> loader =
        options.usage().map(file -> UsageLoader.open(file, options.clock()));
    LocalStack stack = LocalStack.start(options, template, environment, terminal, closing);
    if (!options.once()) {
      terminal.print(Banner.ready(stack, options, terminal));
    }
    String outcome = play(stack, loader);
    if (options.once()) {
      settle(stack);
      LedgerReport report = stack.report();
      terminal.print(SummaryTable.of(outcome, report.totals(), report.periods()));
    } else {
      if (!outcome.isEmpty()) {
        terminal.print("  " + outcome);
      }
      untilStopped();
    }
    closing.close();
  }

  /// @return what became of the events, in words
  private String play(LocalStack stack, Optional<UsageLoader> loader) {
    DemoBudgets budgets = new DemoBudgets(stack.url(), stack.adminKey(), stack.json());
    if (loader.isPresent()) {
      if (options.demo()) {
        budgets.createForUsageFile();
      }
      return loader
          .get()
          .load(
              stack::send,
              stack.context().getBean(UsageOutcomes.class),
              stack.json(),
              terminal,
              () -> options.once() ? stack.failure() : Optional.empty())
          .sentence();
    }
    if (options.demo()) {
      budgets.createForSample();
      long events =
          new DemoTraffic(stack::send, stack.json(), options.clock(), terminal)
              .play(!options.once());
      if (options.once()) {
        await("usage is still being recorded", () -> stack.usageMessages() == 0, stack);
      }
      return "%,d of the sample played".formatted(events);
    }
    return options.once() ? "none played" : "";
  }

  /// Evaluates and delivers until nothing is due. Rejected events stay in the usage queue until
  /// they are given up; they are not waited for.
  private void settle(LocalStack stack) {
    Clock clock = options.clock();
    stack.sweep();
    await(
        "alerts are still being delivered",
        () -> stack.alertMessages() == 0 && stack.report().dueDeliveries(clock.instant()) == 0,
        stack);
  }

  private static void await(String otherwise, BooleanSupplier done, LocalStack stack) {
    Instant until = Instant.now().plus(SETTLE_LIMIT);
    while (!done.getAsBoolean()) {
      stack
          .failure()
          .ifPresent(
              failure -> {
                throw new LocalFailure(failure);
              });
      if (Instant.now().isAfter(until)) {
        throw new LocalFailure(
            "After %d minutes %s.".formatted(SETTLE_LIMIT.toMinutes(), otherwise));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SETTLE_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalFailure("Interrupted while waiting for the functions.", e);
    }
  }

  private static void untilStopped() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
