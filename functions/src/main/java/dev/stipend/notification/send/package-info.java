/// Sending one message to one channel: the port that each kind of channel implements, and its pace.
///
/// - A `Notifier` sends and answers with a `SendOutcome`, which says whether to stop or to try
///   again, and when, or that the channel has no place for it.
/// - Kinds that people read are written to at a pace, which the database settles for all functions
///   together.
/// - A failure names its cause and holds no secret.
///
/// Does not own: which delivery is due, what the message says.
@NullMarked
package dev.stipend.notification.send;

import org.jspecify.annotations.NullMarked;
