package dev.stipend.report.simulation;

import dev.stipend.alert.AlertThreshold;
import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.period.CountedEvent;
import dev.stipend.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Replays the events of one subject in one period.
final class SubjectReplay {
  private final String subject;
  private final Money limit;
  private final boolean hardLimit;
  private final List<Threshold> ahead;
  private final List<SimulatedAlert> alerts = new ArrayList<>();
  private Money spend = Money.ZERO;
  private Money admitted = Money.ZERO;
  private SimulatedDenials denials = SimulatedDenials.NONE;
  private long requests;
  private long unpriced;

  SubjectReplay(Budget budget, String subject) {
    this.subject = subject;
    this.limit = budget.limit();
    this.hardLimit = budget.hardLimit();
    this.ahead =
        new ArrayList<>(
            budget.thresholds().stream()
                .filter(threshold -> threshold.kind() == ThresholdKind.ACTUAL)
                .sorted(Comparator.comparing(Threshold::percent))
                .toList());
  }

  String subject() {
    return subject;
  }

  /// Takes the next event.
  void add(CountedEvent event) {
    spend = spend.plus(event.cost());
    requests += event.usage() ? 1 : 0;
    unpriced += event.unpriced();
    Money after = admitted.plus(event.cost());
    if (hardLimit && event.usage() && after.compareTo(limit) > 0) {
      denials = denials.plus(new SimulatedDenials(1, event.cost(), Optional.of(event.at())));
      return;
    }
    admitted = after;
    reach(event);
  }

  private void reach(CountedEvent event) {
    List<Threshold> reached = new ArrayList<>();
    while (!ahead.isEmpty() && admitted.reaches(ahead.getFirst().percent(), limit)) {
      reached.add(ahead.removeFirst());
    }
    for (int i = 0; i < reached.size(); i++) {
      alerts.add(
          new SimulatedAlert(
              AlertThreshold.of(reached.get(i)), event.at(), admitted, i < reached.size() - 1));
    }
  }

  SubjectOutcome outcome() {
    return new SubjectOutcome(
        subject, spend, admitted, requests, unpriced, List.copyOf(alerts), denials);
  }
}
