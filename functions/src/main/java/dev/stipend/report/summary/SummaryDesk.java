package dev.stipend.report.summary;

import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Makes and ends schedules of summaries for an admin, in one transaction with what the audit log
/// says of it.
@Singleton
public class SummaryDesk {
  private final SummarySchedules schedules;
  private final AuditLog audit;
  private final JsonText json;

  SummaryDesk(SummarySchedules schedules, AuditLog audit, JsonText json) {
    this.schedules = schedules;
    this.audit = audit;
    this.json = json;
  }

  /// Makes a schedule.
  @Transactional
  public SummarySchedule create(Caller caller, SummaryRequest.Wanted wanted, Instant now) {
    SummarySchedule made =
        schedules.create(
            caller.workspace().id(), wanted.times(), wanted.channels(), caller.actor(), now);
    write(caller, "summary.create", made.id(), Optional.empty(), Optional.of(made), now);
    return made;
  }

  /// Ends a schedule. Answers whether it was there.
  @Transactional
  public boolean end(Caller caller, SummarySchedule schedule, Instant now) {
    boolean isEnded = schedules.delete(caller.workspace().id(), schedule.id());
    if (isEnded) {
      write(caller, "summary.delete", schedule.id(), Optional.of(schedule), Optional.empty(), now);
    }
    return isEnded;
  }

  private void write(
      Caller caller,
      String action,
      UUID id,
      Optional<SummarySchedule> before,
      Optional<SummarySchedule> after,
      Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "summary " + id,
            before.map(SummaryResponse::of).map(json::write),
            after.map(SummaryResponse::of).map(json::write)),
        now);
  }
}
