package dev.stipend.notification.email;

import dev.stipend.notification.channel.Channel;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/// Port: remembers which readers of a channel have a notice already, while it is tried again for
/// others.
public interface MailProgress {
  /// The addresses that have it.
  ///
  /// @param notice the id of the notice
  Set<String> told(Channel channel, String notice, Instant now);

  /// Remembers that addresses have it.
  void note(Channel channel, String notice, Collection<String> addresses, Instant now);

  /// Forgets it: nothing is left to be tried again.
  void forget(Channel channel, String notice);
}
