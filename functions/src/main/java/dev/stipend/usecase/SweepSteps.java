package dev.stipend.usecase;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The steps of one sweep. One that fails is logged and named, and the others are done.
final class SweepSteps {
  private static final Logger LOG = LoggerFactory.getLogger(SweepSteps.class);

  private final Set<String> failed = new LinkedHashSet<>();

  /// Does a step, and answers how many things it dealt with; none where it failed, whatever it had
  /// committed by then.
  int run(String name, IntSupplier step) {
    try {
      return step.getAsInt();
    } catch (RuntimeException failure) {
      LOG.error("The sweep could not {}; the next one will try again", name, failure);
      failed.add(name);
      return 0;
    }
  }

  /// The steps that failed, in their order.
  List<String> failed() {
    return List.copyOf(failed);
  }
}
