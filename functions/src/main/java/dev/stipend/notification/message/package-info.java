/// What messages say, before any channel lays it out.
///
/// - All channels say the same of an alert, in the same words and figures, in English or Spanish.
/// - Everything comes from the snapshot that is stored with the alert. Nothing current is read to
///   write a message.
/// - Text from outside is shown as text: no markup, no direction changes, no line breaks.
///
/// Does not own: the words (package `platform.wording`), the layout of a channel.
@NullMarked
package dev.stipend.notification.message;

import org.jspecify.annotations.NullMarked;
