package dev.stipend.usecase;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// What a sweep did.
///
/// @param evaluated counters that had changed
/// @param rolledOver counters whose period had ended
/// @param looked counters that were looked at for what is foreseen of them
/// @param expiredHolds holds of reservations that were neither settled nor released in time
/// @param reminded alerts whose time of silence was over
/// @param summaries summaries that were due
/// @param requeued deliveries that were due and had been lost
/// @param pulled rows of sources that are new
/// @param setAside rows that cannot be worked on, and are set aside now
/// @param failed the steps that could not be done; the next sweep tries them again
@Serdeable
public record SweepReport(
    int evaluated,
    int rolledOver,
    int looked,
    int expiredHolds,
    int reminded,
    int summaries,
    int requeued,
    int pulled,
    int setAside,
    List<String> failed) {
  public SweepReport {
    failed = List.copyOf(failed);
  }
}
