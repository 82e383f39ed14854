package dev.stipend.sql;

import java.util.ArrayList;
import java.util.List;

/// What a transaction leaves to be done once it has committed: things that others must not see
/// before, or that must not hold its locks. It must be safe to lose: a crash may come before it.
public final class AfterCommit {
  private final List<Runnable> work = new ArrayList<>();

  public void add(Runnable later) {
    work.add(later);
  }

  /// Does it, in the order in which it was left.
  public void run() {
    work.forEach(Runnable::run);
  }
}
