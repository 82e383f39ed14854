package dev.stipend.notification.channel;

import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.Senders;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a reader off a channel who asks for it by the link in a mail, and says so to those who
/// stay, or where nobody does, to the channel that stands in.
@Singleton
public class Unsubscribing {
  private static final Logger LOG = LoggerFactory.getLogger(Unsubscribing.class);
  private static final String TYPE = "channel.unsubscribed";

  private final UnsubscribeLinks links;
  private final ChannelRegister register;
  private final Channels channels;
  private final Senders senders;
  private final WorkspaceRepository workspaces;
  private final AuditLog audit;
  private final JsonText json;

  Unsubscribing(
      UnsubscribeLinks links,
      ChannelRegister register,
      Channels channels,
      Senders senders,
      WorkspaceRepository workspaces,
      AuditLog audit,
      JsonText json) {
    this.links = links;
    this.register = register;
    this.channels = channels;
    this.senders = senders;
    this.workspaces = workspaces;
    this.audit = audit;
    this.json = json;
  }

  /// A reader of a channel, who may have left it.
  ///
  /// @param text the language of their messages
  public record Reader(Channel channel, String address, UnsubscribeText text) {}

  /// Who has come by a link; empty if the channel or the address is gone, or nobody issued it. Not
  /// to be called in a transaction: who the readers are, the environment may tell.
  public Optional<Reader> find(String token) {
    return UnsubscribeLinks.read(token)
        .flatMap(
            ticket ->
                register
                    .find(ticket.workspaceId(), ticket.channelId())
                    .flatMap(found -> reader(ticket, found.channel())));
  }

  private Optional<Reader> reader(UnsubscribeLinks.Ticket ticket, Channel channel) {
    return senders.readers(channel).stream()
        .filter(address -> links.isFor(ticket, channel, address))
        .findFirst()
        .map(
            address ->
                new Reader(channel, address, UnsubscribeText.of(channel, workspace(channel))));
  }

  private Workspace workspace(Channel channel) {
    return workspaces.findById(channel.workspaceId()).orElseThrow();
  }

  /// Takes a reader off. Whoever asks twice has left once. Not to be called in a transaction: it
  /// sends something.
  public void leave(Reader reader, Instant now) {
    Optional<Channel> left = audit.together(() -> takeOff(reader, now));
    left.ifPresent(channel -> tell(channel, reader, now));
  }

  private Optional<Channel> takeOff(Reader reader, Instant now) {
    Channel channel = reader.channel();
    return register
        .edit(channel.workspaceId(), channel.id(), before -> without(before, reader.address()))
        .filter(edited -> !edited.before().channel().equals(edited.after().channel()))
        .map(
            edited -> {
              audit.write(
                  channel.workspaceId(),
                  new AuditEvent(
                      "reader " + reader.address(),
                      "channel.unsubscribe",
                      "channel " + channel.id(),
                      Optional.of(shown(edited.before())),
                      Optional.of(shown(edited.after()))),
                  now);
              return edited.after().channel();
            });
  }

  private static NewChannel without(ChannelRecord before, String address) {
    NewChannel same = before.asWanted();
    Map<String, String> config = new HashMap<>(same.config());
    config.put(Unsubscribed.FIELD, Unsubscribed.with(same.config(), address));
    return new NewChannel(
        same.kind(), same.name(), config, same.minSeverity(), same.isDefault(), same.isFallback());
  }

  private String shown(ChannelRecord channel) {
    return json.write(Map.of("config", new TreeMap<>(channel.channel().config())));
  }

  private void tell(Channel channel, Reader reader, Instant now) {
    List<String> left =
        senders.readers(channel).stream()
            .filter(address -> !Unsubscribed.isIn(channel.config(), address))
            .toList();
    Optional<Channel> owners = left.isEmpty() ? channels.standIn(channel) : Optional.of(channel);
    ChannelNotice notice =
        new ChannelNotice(
            "%s.%s.%d".formatted(channel.id(), TYPE, now.toEpochMilli()),
            TYPE,
            now,
            workspace(channel).slug(),
            reader.text().title(channel, reader.address()),
            reader.text().text(left));
    if (owners.isEmpty()) {
      LOG.warn("Channel {} has no readers left, and no other channel works", channel.id());
    }
    owners
        .map(there -> senders.send(there, notifier -> notifier.send(there, notice)))
        .filter(outcome -> !(outcome instanceof SendOutcome.Sent))
        .ifPresent(
            trouble ->
                LOG.warn(
                    "Nobody could be notified that a reader left channel {}: {}",
                    channel.id(),
                    trouble));
  }
}
