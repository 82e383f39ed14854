/// Alerts as signed HTTPS requests, in the way of Standard Webhooks.
///
/// - Implements the port {@link dev.stipend.notification.send.Notifier} for channels of kind
///   `webhook`. The address and the signing secret are secrets: their names are in the channel
///   (`urlSecret`, `signingSecret`), else they are `WEBHOOK_URL` and `WEBHOOK_SIGNING_SECRET`.
/// - The body is the alert's snapshot. `webhook-id` is the snapshot's id, the same at every
///   attempt; `webhook-timestamp` is when the attempt was made; `webhook-signature` has one
///   signature for each secret. While secrets are exchanged there are two, in one value.
/// - HTTPS only, to public addresses only ({@link dev.stipend.notification.webhook.Destinations}),
///   checked where the connection is made: what a name leads to at another moment does not matter.
///   Redirects are not followed, proxies not used.
/// - Any 2xx is a success, whatever comes after the status: the answer's body is not read, kept or
///   shown, since it may be somebody else's. What may pass (408, 425, 429, 5xx, the network) is
///   tried again, and `Retry-After` is passed on; all else is final.
///
/// Does not own: what the snapshot says, when to try again, channels.
@NullMarked
package dev.stipend.notification.webhook;

import org.jspecify.annotations.NullMarked;
