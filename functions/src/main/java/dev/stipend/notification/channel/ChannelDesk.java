package dev.stipend.notification.channel;

import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Makes, edits and deletes channels for an admin, in one transaction with what the audit log says
/// of it.
@Singleton
public class ChannelDesk {
  private static final int BUDGETS_NAMED = 5;

  private final ChannelRegister channels;
  private final AuditLog audit;
  private final JsonText json;

  ChannelDesk(ChannelRegister channels, AuditLog audit, JsonText json) {
    this.channels = channels;
    this.audit = audit;
    this.json = json;
  }

  /// Makes a channel.
  ///
  /// @param warnings why it could not send; {@link ChannelConfigs#warnings} knows that
  /// @throws ChannelNameTakenException if another channel has the name
  @Transactional
  public ChannelResponse create(
      Caller caller, NewChannel wanted, List<String> warnings, Instant now) {
    ChannelResponse made =
        ChannelResponse.of(channels.create(caller.workspace().id(), wanted, now)).warning(warnings);
    write(caller, "channel.create", made.id(), Optional.empty(), Optional.of(made), now);
    return made;
  }

  /// Edits a channel. Empty if it is gone.
  ///
  /// @param change makes what is wanted of the channel as it is; nobody edits it meanwhile
  /// @throws ChannelNameTakenException if another channel has the name
  @Transactional
  public Optional<ChannelResponse> edit(
      Caller caller, UUID id, Function<ChannelRecord, NewChannel> change, Instant now) {
    Optional<ChannelRegister.Edited> edited = channels.edit(caller.workspace().id(), id, change);
    edited.ifPresent(
        each ->
            write(
                caller,
                "channel.update",
                id,
                Optional.of(ChannelResponse.of(each.before())),
                Optional.of(ChannelResponse.of(each.after())),
                now));
    return edited.map(each -> ChannelResponse.of(each.after()));
  }

  /// What became of a channel that was to be deleted.
  public sealed interface Removal {
    /// It is gone now.
    record Removed() implements Removal {}

    /// It was gone before.
    record Missing() implements Removal {}

    /// It stays, because budgets name it.
    ///
    /// @param budgets the names of some of them
    /// @param more whether there are others
    record InUse(List<String> budgets, boolean more) implements Removal {}
  }

  /// Deletes a channel.
  @Transactional
  public Removal delete(Caller caller, ChannelRecord channel, Instant now) {
    UUID workspace = caller.workspace().id();
    UUID id = channel.channel().id();
    List<String> budgets = channels.budgetsNaming(workspace, id, BUDGETS_NAMED + 1);
    if (!budgets.isEmpty()) {
      return new Removal.InUse(
          budgets.subList(0, Math.min(BUDGETS_NAMED, budgets.size())),
          budgets.size() > BUDGETS_NAMED);
    }
    if (!channels.archive(workspace, id, now)) {
      return new Removal.Missing();
    }
    write(
        caller,
        "channel.delete",
        id,
        Optional.of(ChannelResponse.of(channel)),
        Optional.empty(),
        now);
    return new Removal.Removed();
  }

  private void write(
      Caller caller,
      String action,
      UUID id,
      Optional<ChannelResponse> before,
      Optional<ChannelResponse> after,
      Instant now) {
    audit.write(
        caller.workspace().id(),
        new AuditEvent(
            caller.actor(),
            action,
            "channel " + id,
            before.map(json::write),
            after.map(json::write)),
        now);
  }
}
