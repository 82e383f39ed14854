/// Channels: where people and programs are notified.
///
/// - A channel belongs to one workspace. It names its secrets and holds none.
/// - A name is unique among the channels of a workspace that are not archived. An archived channel
///   stays readable with its deliveries.
/// - A channel whose delivery failed for good is `failing` until one succeeds or a test passes.
/// - An address that unsubscribed is kept with the channel; it gets no more mail from it.
/// - A limit is raised from a channel by those members only whom the channel names.
///
/// Does not own: deliveries, what a message says, how it is sent.
@NullMarked
package dev.stipend.notification.channel;

import org.jspecify.annotations.NullMarked;
