/// Delivering alerts to channels.
///
/// - One delivery per (alert, channel, purpose), created in the transaction that changes the alert:
///   `pending → sending → sent | retrying → sent | failed | suppressed`.
/// - A channel is spared what it knows already ({@link SparedDeliveries}): a lower threshold after
///   the higher one, a budget below after the refusal of all work.
/// - What a channel has no place for is suppressed with the reason. What nobody is notified of,
///   such as an acknowledgement, goes to tables alone, with the purpose `changed`.
/// - A delivery is claimed with a lease, sent outside any transaction, then marked. A crash between
///   sending and marking repeats one message, with the same id; none is ever lost.
/// - Channels fail alone: every delivery has a message of its own on the alerts queue, a batch of
///   them is sent concurrently, and the sweep re-queues what was lost.
/// - More than five deliveries that are due are sent in one digest, parents first; a digest that
///   has to be repeated keeps its identity and what it lists.
/// - A delivery that fails for good makes its channel `failing`, and goes to the fallback instead,
///   every single one ({@link Undelivered}). The next success or passed test heals the channel;
///   alerts that no other channel got meanwhile are checked again.
/// - Retries back off with jitter, honour `Retry-After`, and end after 24 hours.
///
/// Does not own: what an alert is (package `alert`), what a message says (package
/// `notification.message`), how it is laid out and sent (the adapters behind the port of package
/// `notification.send`), the queue ({@link DeliveryQueue}).
@NullMarked
package dev.stipend.notification.delivery;

import org.jspecify.annotations.NullMarked;
