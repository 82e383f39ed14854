package dev.stipend.bench.figure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.OptionalDouble;

/// The heap of this process, which holds the functions, the limits and the queue.
public final class Heap {
  private static final double MEBIBYTE = 1 << 20;

  private Heap() {}

  /// What was alive after the last collection. The process runs with a bounded heap, and would have
  /// failed had it needed more.
  public static Figure figure() {
    double alive =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getCollectionUsage)
            .filter(Objects::nonNull)
            .mapToLong(MemoryUsage::getUsed)
            .sum();
    return new Figure(
        "heap of all of this, to its bound",
        "MiB",
        alive / MEBIBYTE,
        OptionalDouble.of(Runtime.getRuntime().maxMemory() / MEBIBYTE),
        new Figure.Requirement.Nothing());
  }
}
