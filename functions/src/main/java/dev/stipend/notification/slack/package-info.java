/// Alerts in Slack, through an incoming webhook or a bot.
///
/// - Implements the port {@link dev.stipend.notification.send.Notifier} for channels of kind
///   `slack_webhook`. The webhook's URL is a secret: its name is in the channel (`urlSecret`), else
///   it is `SLACK_WEBHOOK_URL`; its value is asked for at each send and stays out of reasons and
///   logs.
/// - {@link SlackMessage} lays out what {@link dev.stipend.notification.message.AlertMessage} says
///   as Block Kit, with a one-line text for notifications and screen readers. Nothing in a name can
///   format, mention or link.
/// - Only the answer `200 ok` is a success. What may pass (429, 408, 5xx, the network) is retried,
///   and Slack's `Retry-After` is passed on; all else is final. Redirects are not followed.
/// - One message per delivery; a repeated delivery posts again, since Slack knows no key to post
///   once by. A bot's messages carry the event id as metadata.
/// - A bot posts follow-ups of a counter and period in the thread of the first message; a recovery
///   updates the message that raised the alert. Its token is a secret as the webhook's URL is.
/// - Buttons are there only with a signing secret, and only below a bot's messages: what is posted
///   by a webhook has no name by which an answer could be matched with it.
///
/// Does not own: what is said, when to try again, channels.
@NullMarked
package dev.stipend.notification.slack;

import org.jspecify.annotations.NullMarked;
