package dev.stipend.local.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// The processor time that Lambda gives a function of some memory: a whole processor at 1,769 MB,
/// and less in proportion. Kept by a control group of Linux, which takes the rights to make one.
public final class CpuLimit implements AutoCloseable {
  private static final int MEGABYTES_OF_A_PROCESSOR = 1769;

  /// Short, as Lambda's: a long one would let a start run ahead, and then stand still.
  private static final int PERIOD_MICROS = 20_000;

  private final Path group;
  private final double share;

  private CpuLimit(Path group, double share) {
    this.group = group;
    this.share = share;
  }

  /// Makes a limit, if this machine lets us: empty on other systems, and without the rights.
  public static Optional<CpuLimit> of(int memoryMegabytes) {
    double share = (double) memoryMegabytes / MEGABYTES_OF_A_PROCESSOR;
    int quota = (int) Math.round(share * PERIOD_MICROS);
    String name = "stipend-" + UUID.randomUUID();
    Path first = Path.of("/sys/fs/cgroup/cpu", name);
    Path second = Path.of("/sys/fs/cgroup", name);
    try {
      if (Files.exists(first.resolveSibling("cpu.cfs_quota_us"))) {
        Files.createDirectory(first);
        Files.writeString(first.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
        Files.writeString(first.resolve("cpu.cfs_quota_us"), Integer.toString(quota));
        return Optional.of(new CpuLimit(first, share));
      }
      Files.createDirectory(second);
      Files.writeString(second.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      return Optional.of(new CpuLimit(second, share));
    } catch (IOException notAllowed) {
      remove(first);
      remove(second);
      return Optional.empty();
    }
  }

  /// The command that runs another one within the limit, from its first instruction on.
  List<String> around(List<String> command) {
    List<String> limited =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString()));
    limited.addAll(command);
    return limited;
  }

  /// Removes the group; its processes have to be gone.
  @Override
  public void close() {
    remove(group);
  }

  private static void remove(Path group) {
    try {
      Files.deleteIfExists(group);
    } catch (IOException inUse) {
      // It is empty then, limits nobody, and goes with the machine.
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f of a processor", share);
  }
}
