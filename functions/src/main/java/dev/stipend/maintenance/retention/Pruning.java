package dev.stipend.maintenance.retention;

import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Forgets what has served its time.
@Singleton
public class Pruning {
  private static final int AT_ONCE = 5_000;

  private final RetentionTasks tasks;
  private final OldRowsRepository repository;

  Pruning(RetentionTasks tasks, OldRowsRepository repository) {
    this.tasks = tasks;
    this.repository = repository;
  }

  /// What there is to forget, each apart from the others.
  public List<RetentionTask> tasks() {
    return tasks.all();
  }

  /// Forgets the rows of a task whose time is over, as many as time allows. Answers how many.
  ///
  /// @throws IllegalStateException if the setting of how long they are kept makes no sense
  public int run(RetentionTask task, Instant now, TimeLeft left) {
    return forget(
        task.rows(), now.atOffset(ZoneOffset.UTC).minus(task.kept().get()).toInstant(), left);
  }

  /// Forgets the rows that have served their time by an instant, as many as time allows. Answers
  /// how many.
  public int forget(OldRows rows, Instant before, TimeLeft left) {
    int total = 0;
    int forgotten = AT_ONCE;
    while (forgotten == AT_ONCE && !left.isUsedUp()) {
      forgotten = repository.forget(rows, before, AT_ONCE);
      total += forgotten;
    }
    return total;
  }
}
