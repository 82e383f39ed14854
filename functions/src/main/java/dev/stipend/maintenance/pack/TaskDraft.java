package dev.stipend.maintenance.pack;

import dev.stipend.migration.FailureText;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.FailureCause;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a task has done, while it is on.
final class TaskDraft {
  private static final Logger LOG = LoggerFactory.getLogger(TaskDraft.class);
  private static final int MILLISECONDS = 3;

  private final String task;
  private final Redaction redaction;
  private final long begun = System.nanoTime();
  private final List<PackReport.Item> items = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private long done;
  private boolean unfinished;

  TaskDraft(String task, Redaction redaction) {
    this.task = task;
    this.redaction = redaction;
  }

  void add(long more) {
    done += more;
  }

  long done() {
    return done;
  }

  /// Adds a thing with its text, and its fields as name and value in turns.
  void item(String text, Object... fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    item(text, map);
  }

  void item(String text, Map<String, Object> fields) {
    items.add(new PackReport.Item(text, fields));
  }

  void note(String sentence) {
    notes.add(redaction.of(sentence));
  }

  void problem(String sentence) {
    String said = redaction.of(sentence);
    LOG.error("{}: {}", task, said);
    problems.add(said);
  }

  /// Says that something has failed, and why.
  void problem(String what, Exception failure) {
    String state = FailureCause.state(failure).map(" (%s)"::formatted).orElse("");
    problem("%s: %s%s.".formatted(what, FailureText.cause(failure), state));
  }

  /// Says that time ran out before something.
  void unfinished(String what) {
    unfinished = true;
    note("Time ran out before %s; run it once more.".formatted(what));
  }

  /// Does something that may fail, while everything else goes on.
  void attempt(String what, Work work) {
    try {
      work.run();
    } catch (SQLException | RuntimeException failure) {
      problem(what, failure);
    }
  }

  PackReport.Task end(Summary summary) {
    long taken = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    return new PackReport.Task(
        task,
        done,
        summary.of(done),
        List.copyOf(items),
        List.copyOf(notes),
        List.copyOf(problems),
        unfinished,
        BigDecimal.valueOf(taken, MILLISECONDS));
  }

  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /// Words for how much was done.
  @FunctionalInterface
  interface Summary {
    String of(long done);
  }
}
