/// What Slack sends when somebody presses a button.
///
/// - The signature is verified on the bytes as they came, in constant time, before anything is
///   parsed.
/// - Slack is answered within its three seconds.
///
/// Does not own: what a button does (package `notification.interaction`).
@NullMarked
package dev.stipend.http.slack;

import org.jspecify.annotations.NullMarked;
