package dev.stipend.notification.send;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has each kind of channel sent to by the one that knows how.
@Singleton
public class Senders {
  private static final Logger LOG = LoggerFactory.getLogger(Senders.class);

  private final Map<ChannelKind, Notifier> notifiers = new EnumMap<>(ChannelKind.class);

  Senders(List<Notifier> notifiers) {
    notifiers.forEach(notifier -> this.notifiers.put(notifier.kind(), notifier));
  }

  /// The pace of a kind that has one.
  public Optional<Duration> pace(ChannelKind kind) {
    return paced(kind).map(PacedNotifier::pace);
  }

  private Optional<PacedNotifier> paced(ChannelKind kind) {
    return notifiers.get(kind) instanceof PacedNotifier paced
        ? Optional.of(paced)
        : Optional.empty();
  }

  /// The addresses that a channel's messages go to one by one, of readers who have left it, too.
  public List<String> readers(Channel channel) {
    Notifier notifier = notifiers.get(channel.kind());
    return notifier == null ? List.of() : notifier.readers(channel);
  }

  /// The kinds that have a sender.
  public Collection<Notifier> all() {
    return notifiers.values();
  }

  /// Completes a message that is sent. What goes wrong is logged: the message is there.
  public void complete(Channel channel, AlertSnapshot snapshot, String messageId) {
    try {
      paced(channel.kind()).ifPresent(notifier -> notifier.complete(channel, snapshot, messageId));
    } catch (RuntimeException unexpected) {
      LOG.warn("A sent message could not be updated: {}", unexpected.getClass().getSimpleName());
    }
  }

  /// Sends something to a channel. Whatever goes wrong is an outcome.
  ///
  /// @param what sends it
  public SendOutcome send(Channel channel, Function<Notifier, SendOutcome> what) {
    Notifier notifier = notifiers.get(channel.kind());
    if (notifier == null) {
      return new SendOutcome.Failed("there is no sender for channels of this kind");
    }
    try {
      return what.apply(notifier);
    } catch (RuntimeException unexpected) {
      // Such as a secret that cannot be fetched now. The message of a stranger's exception may hold
      // one, so only its type is shown.
      return new SendOutcome.Retry(
          "unexpected " + unexpected.getClass().getSimpleName(), Optional.empty());
    }
  }
}
