package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Many notices in one message: what a channel gets when it would get too many.
///
/// @param id identity of the message, the same at every attempt to send it
/// @param snapshots what it lists, in this order
public record AlertDigest(String id, List<AlertSnapshot> snapshots) {
  private static final List<String> LEVELS =
      List.of("critical", "warning", "info", "recovered", "test");

  public AlertDigest {
    snapshots = List.copyOf(snapshots);
  }

  /// What to say of each.
  public List<AlertText> texts() {
    return snapshots.stream().map(AlertText::new).toList();
  }

  /// As in `12 notices at once: 3 critical, 8 warning, 1 recovered`.
  public String headline() {
    Map<String, Long> counts =
        texts().stream()
            .collect(Collectors.groupingBy(AlertText::level, TreeMap::new, Collectors.counting()));
    return LEVELS.stream()
        .filter(counts::containsKey)
        .map(level -> counts.get(level) + " " + level)
        .collect(
            Collectors.joining(", ", Figures.count(snapshots.size()) + " notices at once: ", ""));
  }
}
