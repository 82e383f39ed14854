package dev.stipend.platform.isolation;

import java.util.List;
import java.util.stream.Stream;

/// A transaction of batch work failed, and did nothing.
public final class WorkFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<WorkItem> suspects;
  private final transient List<WorkItem> culprits;
  private final RuntimeException failure;

  /// @param suspects the rows that it worked on
  public WorkFailedException(List<WorkItem> suspects, RuntimeException failure) {
    super("Work on %d rows failed".formatted(suspects.size()), failure);
    this.suspects = List.copyOf(suspects);
    this.failure = failure;
    List<WorkItem> named =
        Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
            .filter(NamesCulprits.class::isInstance)
            .map(each -> ((NamesCulprits) each).culprits())
            .findFirst()
            .orElse(List.of());
    this.culprits = named.isEmpty() && suspects.size() == 1 ? this.suspects : named;
  }

  /// The rows that it worked on.
  public List<WorkItem> suspects() {
    return suspects;
  }

  /// Those to blame; empty while nobody knows.
  public List<WorkItem> culprits() {
    return culprits;
  }

  /// Why it failed.
  public RuntimeException failure() {
    return failure;
  }
}
