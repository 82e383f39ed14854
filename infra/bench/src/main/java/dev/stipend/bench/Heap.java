package dev.stipend.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.OptionalDouble;

/// The heap of this process, which holds the functions, the limits and the queue.
final class Heap {
  private static final double MEBIBYTE = 1 << 20;

  private Heap() {}

  /// The most that the pools held; the process runs with `-Xmx256m`, and would have failed with
  /// more.
  static Figure figure() {
    double peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    return new Figure(
        "peak heap of all of this",
        "MiB",
        peak / MEBIBYTE,
        OptionalDouble.of(Runtime.getRuntime().maxMemory() / MEBIBYTE),
        new Figure.Requirement.Nothing());
  }
}
