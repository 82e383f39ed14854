/// Alerts in Slack, through an incoming webhook.
///
/// - Implements the port {@link dev.stipend.notify.Notifier} for channels of kind `slack_webhook`.
///   The webhook's URL is a secret: its name is in the channel (`urlSecret`), else it is
///   `SLACK_WEBHOOK_URL`; its value is asked for at each send and stays out of reasons and logs.
/// - {@link SlackMessage} lays out what {@link dev.stipend.notify.AlertText} says as Block Kit,
///   with a one-line text for notifications and screen readers. Nothing in a name can format,
///   mention or link.
/// - Only the answer `200 ok` is a success. What may pass (429, 408, 5xx, the network) is retried,
///   and Slack's `Retry-After` is passed on; all else is final. Redirects are not followed.
/// - One message per delivery; a repeated delivery posts again, since webhooks know no identity.
///
/// Does not own: what is said, when to try again, channels.
@NullMarked
package dev.stipend.slack;

import org.jspecify.annotations.NullMarked;
