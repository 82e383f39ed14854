package dev.stipend.notification.email;

import io.micronaut.email.Contact;
import java.util.Optional;

/// One reader of a channel, to whom a mail of their own is written.
///
/// @param from the sender
/// @param to the reader
/// @param wayOut the link by which they get no more; empty where none leads here
record Addressee(Contact from, Contact to, Optional<String> wayOut) {
  /// The part after the `@` of the sender.
  String domain() {
    return from.getEmail().substring(from.getEmail().lastIndexOf('@') + 1);
  }
}
