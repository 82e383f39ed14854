package dev.stipend.usecase.source;

import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.ingest.source.SourceProblem;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tries, connects, edits and removes sources for an admin; what changes is in one transaction with
/// what the audit log says of it.
@Singleton
public class SourceDesk {
  private final ConnectSource connecting;
  private final SourceRepository sources;
  private final SourceStandings standings;
  private final AuditLog audit;
  private final JsonText json;

  SourceDesk(
      ConnectSource connecting,
      SourceRepository sources,
      SourceStandings standings,
      AuditLog audit,
      JsonText json) {
    this.connecting = connecting;
    this.sources = sources;
    this.standings = standings;
    this.audit = audit;
    this.json = json;
  }

  /// Reads what somebody asks for.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public static SourceForm read(@Nullable Object body, Workspace workspace) {
    return SourceForm.read(body, workspace, workspace.slug().equals(Workspace.DEFAULT_SLUG));
  }

  /// Tries a source, and keeps nothing. Not to be called in a transaction: a host may take its
  /// time.
  ///
  /// @throws InvalidJsonException if it cannot be read, naming the field that is to blame
  public SourceCheck test(Workspace workspace, SourceForm form, Instant now) {
    return check(workspace, form, now, false).check();
  }

  /// Tries a source that is to be connected. Not to be called in a transaction either.
  ///
  /// @throws InvalidJsonException if it cannot be read or nothing of it could be recorded
  public ConnectSource.Checked check(Workspace workspace, SourceForm form, Instant now) {
    return check(workspace, form, now, true);
  }

  private ConnectSource.Checked check(
      Workspace workspace, SourceForm form, Instant now, boolean mustBeReadable) {
    try {
      ConnectSource.Checked checked =
          connecting.check(workspace, form.settings(), form.from(), now);
      if (mustBeReadable) {
        checked.check().requireReadable();
      }
      return checked;
    } catch (SourceProblem wrong) {
      throw new InvalidJsonException(wrong.field(), String.valueOf(wrong.getMessage()));
    } catch (HostException unreadable) {
      throw new InvalidJsonException("urlSecret", String.valueOf(unreadable.getMessage()));
    }
  }

  /// Keeps a source that was checked.
  ///
  /// @throws SourceTakenException if the name is taken, or something else reads the relation
  @Transactional
  public SpendSource connect(
      Caller caller, ConnectSource.Checked checked, SourceForm form, Instant now) {
    SpendSource made = connecting.connect(caller.workspace(), checked, form.from(), now);
    write(caller, "source.create", made.id(), Optional.empty(), Optional.of(shown(made)), now);
    return made;
  }

  /// Edits a source. Empty if it is gone.
  ///
  /// @param body what is to change
  /// @throws InvalidJsonException naming every field that is wrong
  /// @throws SourceTakenException if the name is taken
  @Transactional
  public Optional<SpendSource> edit(
      Caller caller, SpendSource source, @Nullable Object body, Instant now) {
    SourceResponse before = shown(source);
    connecting.edit(source, SourceForm.Edit.read(body, source.settings()), now);
    Optional<SpendSource> after = sources.find(source.workspaceId(), source.id());
    after.ifPresent(
        edited ->
            write(
                caller,
                "source.update",
                source.id(),
                Optional.of(before),
                Optional.of(shown(edited)),
                now));
    return after;
  }

  /// Removes a source. What it recorded stays.
  @Transactional
  public void remove(Caller caller, SpendSource source, Instant now) {
    SourceResponse before = shown(source);
    connecting.remove(source, now);
    write(caller, "source.delete", source.id(), Optional.of(before), Optional.empty(), now);
  }

  private SourceResponse shown(SpendSource source) {
    return SourceResponse.of(standings.of(source), Optional.empty());
  }

  private void write(
      Caller caller,
      String action,
      UUID id,
      Optional<SourceResponse> before,
      Optional<SourceResponse> after,
      Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "source " + id,
            before.map(json::write),
            after.map(json::write)),
        now);
  }
}
