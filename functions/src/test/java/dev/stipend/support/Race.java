package dev.stipend.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs work in several threads that start together.
public final class Race {
  private Race() {}

  /// Runs the work, and fails as the first of it that failed.
  public static void run(List<? extends Callable<?>> work) {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      List<Future<?>> results = new ArrayList<>();
      for (Callable<?> each : work) {
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return each.call();
                }));
      }
      start.countDown();
      for (Future<?> result : results) {
        result.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
