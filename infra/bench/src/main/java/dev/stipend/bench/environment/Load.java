package dev.stipend.bench.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that each repeat an operation, as fast as it goes, for a time.
public final class Load {
  /// What the clients saw.
  ///
  /// @param perSecond operations
  /// @param p50 milliseconds
  /// @param p99 milliseconds
  public record Seen(double perSecond, double p50, double p99) {}

  /// One operation.
  @FunctionalInterface
  public interface Operation {
    /// Does it once, as the client of this number, from 0.
    void run(int client) throws Exception;
  }

  private Load() {}

  public static Seen run(int clients, double seconds, Operation operation) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<long[]>> results = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        results.add(threads.submit(() -> times(client, end, operation)));
      }
      long[] all = new long[0];
      for (Future<long[]> result : results) {
        long[] times = result.get();
        int before = all.length;
        all = Arrays.copyOf(all, before + times.length);
        System.arraycopy(times, 0, all, before, times.length);
      }
      double taken = (System.nanoTime() - start) / 1e9;
      Arrays.sort(all);
      return new Seen(all.length / taken, at(all, 0.5), at(all, 0.99));
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static long[] times(int client, long end, Operation operation) throws Exception {
    long[] times = new long[1024];
    int count = 0;
    long before = System.nanoTime();
    while (before < end) {
      operation.run(client);
      long after = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, count * 2);
      }
      times[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(times, count);
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(part * sorted.length))] / 1e6;
  }
}
