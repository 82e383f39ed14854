package dev.stipend.alert.evaluation;

import dev.stipend.platform.isolation.RowFault;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkFailedException;
import dev.stipend.platform.isolation.WorkItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/// The batches of one piece of work. One that fails is halved until the row to blame stands alone;
/// that one is set aside, and the work goes on without it. A failure that no row is to blame for
/// ends the work.
public final class Batches {
  /// So many single counters of a budget, or of a tenant, are to blame before all of it is:
  /// searching for each takes time that others wait.
  private static final int MOST_OF_A_BUDGET = 20;

  private static final int MOST_OF_A_WORKSPACE = 50;

  private final SetAside setAside;
  private final int atOnce;
  private final Instant now;
  private final IntUnaryOperator transaction;
  private final Set<WorkItem> aside = new HashSet<>();
  private final Map<UUID, Integer> ofBudget = new HashMap<>();
  private final Map<UUID, Integer> ofWorkspace = new HashMap<>();
  private int most;
  private boolean isMore = true;

  Batches(SetAside setAside, int atOnce, Instant now, IntUnaryOperator transaction) {
    this.setAside = setAside;
    this.atOnce = atOnce;
    this.now = now;
    this.transaction = transaction;
    this.most = atOnce;
  }

  /// Does batches until one commits, and answers how many rows that had.
  public int one() {
    while (true) {
      int rows;
      try {
        rows = transaction.applyAsInt(most);
      } catch (WorkFailedException failed) {
        part(failed);
        continue;
      } catch (RuntimeException failure) {
        part(new WorkFailedException(List.of(), failure));
        continue;
      }
      isMore = rows == most;
      most = Math.min(atOnce, most * 2);
      return rows;
    }
  }

  /// Does batches until one has fewer rows than it could, and answers how many rows they had.
  public int all() {
    int total = 0;
    while (isMore) {
      total += one();
    }
    return total;
  }

  private void part(WorkFailedException failed) {
    if (!RowFault.is(failed.failure())) {
      throw failed.failure();
    }
    if (failed.culprits().isEmpty()) {
      if (failed.suspects().isEmpty()) {
        throw failed.failure();
      }
      most = Math.max(1, failed.suspects().size() / 2);
      return;
    }
    for (WorkItem culprit : failed.culprits()) {
      WorkItem item = widened(culprit);
      if (!aside.add(item)) {
        throw failed.failure();
      }
      setAside.add(item, failed.failure(), now);
    }
  }

  private WorkItem widened(WorkItem culprit) {
    UUID workspace = culprit.workspaceId();
    if (culprit.kind() != WorkItem.Kind.COUNTER) {
      return culprit;
    }
    if (ofWorkspace.merge(workspace, 1, Integer::sum) == MOST_OF_A_WORKSPACE) {
      return WorkItem.workspace(workspace);
    }
    return ofBudget.merge(culprit.id(), 1, Integer::sum) == MOST_OF_A_BUDGET
        ? WorkItem.budget(workspace, culprit.id())
        : culprit;
  }
}
