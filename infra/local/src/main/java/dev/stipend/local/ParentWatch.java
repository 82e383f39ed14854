package dev.stipend.local;

/// Stops this process when the one that started it is gone: a killed build cannot pass a signal on.
final class ParentWatch {

  private ParentWatch() {}

  /// Calls `gone` once, on another thread, as soon as the parent process has ended.
  static void start(Runnable gone) {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> Thread.startVirtualThread(() -> await(parent, gone)));
  }

  private static void await(ProcessHandle parent, Runnable gone) {
    parent.onExit().join();
    gone.run();
  }
}
