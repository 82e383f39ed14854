/// Alerts by email, through SendGrid or any SMTP server.
///
/// - Implements the port {@link dev.stipend.notify.Notifier} for channels of kind `email`. The
///   environment chooses the sender: `SENDGRID_API_KEY`, else `SMTP_URL`; both stand behind
///   Micronaut Email's {@link io.micronaut.email.TransactionalEmailSender}.
/// - Recipients are the channel's `to`, else `ALERT_TO_EMAIL`, else `ALERT_FROM_EMAIL`; the sender
///   is `ALERT_FROM_EMAIL`. An address that is none is a final failure that names its variable.
/// - Every mail has a text and an HTML part that say the same ({@link
///   dev.stipend.notify.AlertText}); the HTML is a precompiled template (`src/main/jte`).
/// - A notice keeps its `Message-ID` at every attempt, so that receivers recognise a repeated one;
///   mails about one budget refer to one thread.
/// - The provider's answer says retry or stop: 4xx of HTTP and 5xx of SMTP are final, what may pass
///   is retried. Keys, passwords and addresses of servers are in no reason and no log.
///
/// Does not own: what is said, when to try again, channels.
@NullMarked
package dev.stipend.email;

import org.jspecify.annotations.NullMarked;
