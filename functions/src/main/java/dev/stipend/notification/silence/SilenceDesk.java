package dev.stipend.notification.silence;

import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Makes, edits and ends silences for an admin, in one transaction with what the audit log says of
/// it.
@Singleton
public class SilenceDesk {
  private final Silences silences;
  private final AuditLog audit;
  private final JsonText json;

  SilenceDesk(Silences silences, AuditLog audit, JsonText json) {
    this.silences = silences;
    this.audit = audit;
    this.json = json;
  }

  /// Makes a silence.
  @Transactional
  public Silence create(Caller caller, NewSilence wanted, Instant now) {
    Silence made = silences.create(caller.workspace().id(), wanted, caller.actor(), now);
    write(caller, "silence.create", made.id(), Optional.empty(), Optional.of(made), now);
    return made;
  }

  /// Edits a silence. Empty if it is gone.
  @Transactional
  public Optional<Silence> edit(Caller caller, Silence before, NewSilence wanted, Instant now) {
    Optional<Silence> after = silences.update(caller.workspace().id(), before.id(), wanted, now);
    after.ifPresent(
        edited -> write(caller, "silence.update", before.id(), Optional.of(before), after, now));
    return after;
  }

  /// Ends a silence; what still holds is told then. Answers whether it was there.
  @Transactional
  public boolean end(Caller caller, Silence silence, Instant now) {
    boolean isEnded = silences.delete(caller.workspace().id(), silence.id(), now);
    if (isEnded) {
      write(caller, "silence.delete", silence.id(), Optional.of(silence), Optional.empty(), now);
    }
    return isEnded;
  }

  private void write(
      Caller caller,
      String action,
      UUID id,
      Optional<Silence> before,
      Optional<Silence> after,
      Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "silence " + id,
            before.map(silence -> json.write(SilenceResponse.of(silence, now))),
            after.map(silence -> json.write(SilenceResponse.of(silence, now)))),
        now);
  }
}
