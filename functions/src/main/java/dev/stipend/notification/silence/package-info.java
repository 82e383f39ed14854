/// Silences: rules that suppress notifications for a time.
///
/// - A silence says which alerts it concerns and until when. It belongs to one workspace.
/// - A delivery that a silence suppresses is logged with its reason, and looked at again when the
///   silence ends.
/// - A silence changes no delivery that is already on its way, and no alert.
///
/// Does not own: alerts that somebody snoozed, deliveries.
@NullMarked
package dev.stipend.notification.silence;

import org.jspecify.annotations.NullMarked;
