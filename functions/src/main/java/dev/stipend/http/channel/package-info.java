/// Requests about channels, silences, summary schedules, and unsubscribing by mail.
///
/// - Secrets are given by name. A value in their place is refused and never echoed.
/// - The link to unsubscribe is signed, needs no key, and works with one click.
///
/// Does not own: any rule of notification; it translates.
@NullMarked
package dev.stipend.http.channel;

import org.jspecify.annotations.NullMarked;
