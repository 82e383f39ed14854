/// What people do with a message that they got: acknowledge, snooze, raise a limit.
///
/// - A request proves by its signature that it comes from the provider, and works once.
/// - An action names its alert by a signed token, so that nobody acts on the alert of another
///   workspace.
/// - Who may do what is decided here, in one place for all kinds of channel; the answer says what
///   happened and who did it.
///
/// Does not own: alerts and budgets, HTTP, the layout of an answer.
@NullMarked
package dev.stipend.notification.interaction;

import org.jspecify.annotations.NullMarked;
