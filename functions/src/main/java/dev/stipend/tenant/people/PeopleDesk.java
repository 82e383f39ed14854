package dev.stipend.tenant.people;

import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Gives people names, and takes them away, for an admin, in one transaction with what the audit
/// log says of it.
@Singleton
public class PeopleDesk {
  private final People people;
  private final AuditLog audit;
  private final JsonText json;

  PeopleDesk(People people, AuditLog audit, JsonText json) {
    this.people = people;
    this.audit = audit;
    this.json = json;
  }

  /// Gives somebody a name. The same again changes nothing.
  @Transactional
  public Person put(Caller caller, NewPerson wanted, Instant now) {
    UUID workspace = caller.workspace().id();
    Optional<Person> before = people.find(workspace, wanted.userId());
    if (before.filter(person -> person.says(wanted)).isPresent()) {
      return before.get();
    }
    Person after = people.put(workspace, wanted, now);
    String action = before.isPresent() ? "person.update" : "person.create";
    write(caller, action, wanted.userId(), before, Optional.of(after), now);
    return after;
  }

  /// Takes somebody's name away. Answers whether there was one.
  @Transactional
  public boolean remove(Caller caller, String id, Instant now) {
    UUID workspace = caller.workspace().id();
    Optional<Person> before = people.find(workspace, id);
    boolean isGone = before.isPresent() && people.remove(workspace, id);
    if (isGone) {
      write(caller, "person.delete", id, before, Optional.empty(), now);
    }
    return isGone;
  }

  private void write(
      Caller caller,
      String action,
      String id,
      Optional<Person> before,
      Optional<Person> after,
      Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "person " + id,
            before.map(json::write),
            after.map(json::write)),
        now);
  }
}
