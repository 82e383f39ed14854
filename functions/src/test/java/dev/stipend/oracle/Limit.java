package dev.stipend.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A budget as a story makes it.
///
/// @param scope `workspace` or `user`
/// @param scopeId a user, `*`, or empty for the workspace
/// @param lines percents of the limit
/// @param places who is told
record Limit(
    String name,
    String scope,
    String scopeId,
    String period,
    String zone,
    BigDecimal amount,
    List<Integer> lines,
    boolean hard,
    Set<Place> places) {
  /// Whose counter an event of a user counts in; empty if it does not count.
  String subject(String user) {
    if (scope.equals("workspace")) {
      return "default";
    }
    return scopeId.equals("*") || scopeId.equals(user) ? user : "";
  }

  /// The lines that people are promised: work is never refused without an alert.
  Set<Integer> promised(List<Integer> wanted) {
    Set<Integer> all = new TreeSet<>(wanted);
    if (hard) {
      all.add(100);
    }
    return all;
  }

  boolean refusesAll() {
    return hard && scope.equals("workspace");
  }

  @Override
  public String toString() {
    return "%s: %s %s, %s in %s, %s%s, lines %s, told to %s"
        .formatted(name, scope, scopeId, period, zone, hard ? "hard " : "", amount, lines, places);
  }
}
