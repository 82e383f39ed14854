package dev.stipend.usecase;

import dev.stipend.platform.isolation.RetriedWork;
import dev.stipend.platform.isolation.RowFault;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkFailedException;
import dev.stipend.platform.isolation.WorkItem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Tries again what was set aside, each row alone.
@Singleton
class Retries {
  /// Longer than this, nobody waits for it in one sweep.
  private static final int MOST = 200;

  private final SetAside setAside;
  private final List<RetriedWork> works;

  Retries(SetAside setAside, List<RetriedWork> works) {
    this.setAside = setAside;
    this.works = works;
  }

  /// Tries what is due, and answers how much of it is no longer set aside.
  int run(Instant now) {
    int done = 0;
    for (WorkItem item : setAside.due(MOST, now)) {
      try {
        again(item, now);
        done++;
      } catch (RuntimeException failure) {
        if (!RowFault.is(failure)) {
          throw failure;
        }
        setAside.add(
            item, failure instanceof WorkFailedException failed ? failed.failure() : failure, now);
      }
    }
    return done;
  }

  /// What nobody does alone the steps of this sweep do, as if it had never failed.
  private void again(WorkItem item, Instant now) {
    Optional<RetriedWork> work =
        works.stream().filter(each -> each.kind() == item.kind()).findFirst();
    if (work.isPresent()) {
      work.get().again(item, now);
    } else {
      setAside.clear(item);
    }
  }
}
