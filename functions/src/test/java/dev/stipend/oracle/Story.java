package dev.stipend.oracle;

import java.util.ArrayList;
import java.util.List;

/// What happens, in order.
record Story(String name, List<Step> steps) {
  Story(String name, Step... steps) {
    this(name, List.of(steps));
  }

  /// The same without some of its steps.
  Story without(int from, int until) {
    List<Step> rest = new ArrayList<>(steps.subList(0, from));
    rest.addAll(steps.subList(until, steps.size()));
    return new Story(name, rest);
  }
}
