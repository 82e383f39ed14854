package dev.stipend.maintenance.pack;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a run did, or would do.
///
/// @param message one sentence for people
/// @param tasks in the order in which they ran
public record PackReport(
    String verb,
    String pack,
    String schema,
    boolean dryRun,
    PackOutcome outcome,
    int exitCode,
    String message,
    List<Task> tasks) {
  /// A task of a run.
  ///
  /// @param done how much was done: rows, indexes or tables
  /// @param summary the same in words
  /// @param items each thing by itself
  /// @param notes what to know about it
  /// @param problems what could not be done
  /// @param unfinished whether time ran out
  public record Task(
      String task,
      long done,
      String summary,
      List<Item> items,
      List<String> notes,
      List<String> problems,
      boolean unfinished,
      BigDecimal seconds) {
    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("task", task);
      map.put("done", done);
      map.put("summary", summary);
      map.put("items", items.stream().map(Item::fields).toList());
      map.put("notes", notes);
      map.put("problems", problems);
      map.put("unfinished", unfinished);
      map.put("seconds", seconds);
      return map;
    }
  }

  /// A thing that something was done to.
  ///
  /// @param text for people
  /// @param fields for programs
  public record Item(String text, Map<String, Object> fields) {}

  /// Whether somebody has to do something about it.
  public boolean isFailed() {
    return outcome == PackOutcome.FAILED || outcome == PackOutcome.REFUSED;
  }

  /// The report as the values of a JSON object. Its fields stay as they are.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.put("pack", pack);
    map.put("schema", schema);
    map.put("dryRun", dryRun);
    map.put("outcome", outcome.word());
    map.put("exitCode", exitCode);
    map.put("message", message);
    map.put("tasks", tasks.stream().map(Task::toMap).toList());
    return map;
  }
}
