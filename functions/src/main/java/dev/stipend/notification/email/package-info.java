/// Alerts by email, through Amazon SES, SendGrid or any SMTP server.
///
/// - Implements the port {@link dev.stipend.notification.send.Notifier} for channels of kind
///   `email`. The environment chooses the sender: `SES_FROM_IDENTITY`, else `SENDGRID_API_KEY`,
///   else `SMTP_URL`; all stand behind Micronaut Email's {@link
///   io.micronaut.email.TransactionalEmailSender}.
/// - Recipients are the channel's `to`, else `ALERT_TO_EMAIL`, else `ALERT_FROM_EMAIL`, without
///   those who have unsubscribed; the sender is `ALERT_FROM_EMAIL`. An invalid address is a final
///   failure that names its variable.
/// - Every reader gets a mail of their own ({@link Mailing}), with a link to unsubscribe that is
///   theirs alone, in one click (RFC 8058). Where no link would lead here, none is promised.
/// - Every mail has a text and an HTML part that say the same ({@link
///   dev.stipend.notification.message.AlertMessage}), in the channel's language; the HTML is a
///   precompiled template (`src/main/jte`) and shows the period's chart, which comes along with it.
/// - A notice keeps its `Message-ID` at every attempt, so that receivers recognise a repeated one;
///   mails about one budget refer to one thread. SES sets ids of its own.
/// - The provider's answer says retry or stop: 4xx of HTTP and 5xx of SMTP are final, what may pass
///   is retried. A mail that bounces after it was taken is not noticed here. Keys, passwords and
///   addresses of servers are in no reason and no log.
///
/// Does not own: what is said, when to try again, channels.
@NullMarked
package dev.stipend.notification.email;

import org.jspecify.annotations.NullMarked;
