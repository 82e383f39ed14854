/// Getting what alerts say to where people read it.
///
/// - One delivery per (alert, channel, purpose), created in the transaction that changes the alert:
///   `pending → sending → sent | retrying → sent | failed | suppressed`.
/// - What is silenced is logged as suppressed, with the reason, and looked at again by the sweep
///   when its silence ends. A silence does not affect deliveries that are pending already.
/// - What a channel knows already it is spared when it would be sent ({@link SparedDeliveries}): a
///   lower threshold after the higher one, a budget below after the refusal of all work.
/// - A delivery is claimed with a lease, sent outside any transaction, then marked. A crash between
///   sending and marking repeats one message, with the same id; none is ever lost.
/// - Channels fail alone: every delivery has a message of its own on the alerts queue, a batch of
///   them is worked off side by side, and the sweep re-queues what was lost.
/// - Channels that people read are written to at a pace, which {@link Turns} settles in the
///   database. More than five deliveries that are due are told in one digest, parents first; a
///   digest that has to be repeated keeps its identity and what it lists.
/// - A delivery that fails for good makes its channel `failing`, and goes to the fallback instead,
///   every single one ({@link Undelivered}). The next success or passed test heals the channel;
///   what no other channel was sent meanwhile is looked at again.
/// - {@link SendOutcome} says retry or stop. Retries back off with jitter, honour `Retry-After`,
///   and end after 24 hours.
/// - A channel that is deleted is archived: its deliveries stay readable.
/// - Channels name their secrets and hold none; values come from the port {@link Secrets} at the
///   moment of sending. A name belongs to a workspace ({@link SecretName}), and so do the channels
///   that the environment configures: none sends with what is another's.
/// - A limit, even a hard one, is raised from a channel by those only whom the channel names.
/// - {@link AlertText} is what all channels say about an alert, in the same words and numbers: in
///   English or Spanish, by the channel's `locale`, else the workspace's.
///
/// Does not own: what an alert is (package alert), how a message is laid out (the edges behind
/// {@link Notifier}), the queue ({@link DeliveryQueue}).
@NullMarked
package dev.stipend.notify;

import org.jspecify.annotations.NullMarked;
