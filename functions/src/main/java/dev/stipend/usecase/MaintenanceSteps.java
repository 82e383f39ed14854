package dev.stipend.usecase;

import dev.stipend.maintenance.MaintenanceReport.Problem;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.TimeLeft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The steps of a maintenance, of which none is kept from its work by another that fails.
final class MaintenanceSteps {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceSteps.class);

  private final Map<String, Integer> done = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /// @param counted what is told in any case
  MaintenanceSteps(String... counted) {
    List.of(counted).forEach(name -> done.put(name, 0));
  }

  /// Does a step, and adds up what it answers.
  ///
  /// @param name what is counted
  void run(String name, IntSupplier step) {
    done.putIfAbsent(name, 0);
    attempt(name, () -> done.merge(name, step.getAsInt(), Integer::sum));
  }

  /// Does a step in each workspace, as long as there is time.
  void runInEach(
      String name, List<Workspace> workspaces, TimeLeft left, ToIntFunction<Workspace> step) {
    done.putIfAbsent(name, 0);
    for (Workspace workspace : workspaces) {
      if (!left.isUsedUp()) {
        attempt(
            name + " of workspace " + workspace.slug(),
            () -> done.merge(name, step.applyAsInt(workspace), Integer::sum));
      }
    }
  }

  /// Does what may fail.
  ///
  /// @param what it is, in words
  void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      addProblem(new Problem(what, failure));
    }
  }

  void addProblem(Problem problem) {
    LOG.error("Maintenance: {} failed", problem.what(), problem.cause());
    problems.add(problem);
  }

  Map<String, Integer> done() {
    return done;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
