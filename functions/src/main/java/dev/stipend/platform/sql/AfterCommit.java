package dev.stipend.platform.sql;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a transaction leaves to be done once it has committed: things that others must not see
/// before, or that must not hold its locks. It must be safe to lose: a crash may come before it, so
/// the sweep, or the daily maintenance, does it too.
///
/// For the same reason it cannot fail what is committed: a piece that fails is logged, and the rest
/// is done.
public final class AfterCommit {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCommit.class);

  private final List<Runnable> work = new ArrayList<>();

  public void add(Runnable later) {
    work.add(later);
  }

  /// Does it, in the order in which it was left.
  public void run() {
    work.forEach(AfterCommit::attempt);
  }

  /// Does one piece.
  public static void attempt(Runnable piece) {
    try {
      piece.run();
    } catch (RuntimeException failure) {
      LOG.error(
          "What follows a commit failed. What is committed stays; the next sweep does the rest.",
          failure);
    }
  }
}
