package dev.stipend.bench.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of each side over the rounds, of which the median counts: one round that the machine
/// spoilt moves nothing.
public final class Medians {
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  public void add(String side, double value) {
    values.computeIfAbsent(side, name -> new ArrayList<>()).add(value);
  }

  public double of(String side) {
    List<Double> sorted = new ArrayList<>(values.getOrDefault(side, List.of()));
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was measured of " + side);
    }
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// The sides' names in this round's order: each round begins with another one.
  public static <T> List<T> turn(List<T> sides, int round) {
    List<T> order = new ArrayList<>(sides);
    Collections.rotate(order, -round);
    return order;
  }
}
