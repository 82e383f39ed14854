/// Stand-ins for Slack, for mail and for a receiver of webhooks: take every message, show it in the
/// terminal, keep it for the page `/local`.
///
/// - Slack's incoming webhook is answered as Slack answers it, refusals included; so are the
/// methods
///   that a bot calls, threads and updates included.
/// - Mail is taken by a real SMTP server on the loopback interface. Nothing leaves the machine.
/// - Webhooks are verified as a receiver should, by a library of Standard Webhooks.
/// - The newest two hundred messages are kept, in memory.
///
/// Does not own what messages say.
@NullMarked
package dev.stipend.local.catcher;

import org.jspecify.annotations.NullMarked;
