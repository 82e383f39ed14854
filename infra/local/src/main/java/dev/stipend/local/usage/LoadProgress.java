package dev.stipend.local.usage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// How far a load is: a moving bar where there is a terminal, else a line every few seconds.
final class LoadProgress implements AutoCloseable {

  private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(3);

  private final long total;
  private final @Nullable ProgressBar bar;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong nextLine = new AtomicLong(System.nanoTime() + LINE_EVERY);

  LoadProgress(String name, long total, boolean interactive) {
    this.total = total;
    this.bar =
        interactive
            ? new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .build()
            : null;
  }

  /// One more row has its outcome.
  void step() {
    long now = done.incrementAndGet();
    if (bar != null) {
      bar.stepTo(now);
      return;
    }
    long due = nextLine.get();
    if (System.nanoTime() > due && nextLine.compareAndSet(due, System.nanoTime() + LINE_EVERY)) {
      System.err.printf("  %,d of %,d events%n", now, total);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
