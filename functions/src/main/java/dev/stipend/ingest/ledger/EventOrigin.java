package dev.stipend.ingest.ledger;

import java.util.List;
import java.util.Optional;

/// How an event was told, beyond what it says: by which other ids it may come again, and what of it
/// was not taken as it was sent.
///
/// @param object whether it is about an object that outlives a call, such as a batch, of which is
///     told again and again under its id: what comes later is a duplicate unless its usage differs
/// @param formerId the id under which releases until November 2026 recorded the same event; ids are
///     remembered for 35 days
/// @param objectId the id of the object that the call made, under which its usage may be told again
/// @param unknown attributes of usage that nobody here understands
/// @param rounded whether its cost had more decimals than are kept
public record EventOrigin(
    boolean object,
    Optional<String> formerId,
    Optional<String> objectId,
    List<String> unknown,
    boolean rounded) {
  /// An event that says all by itself.
  public static final EventOrigin PLAIN =
      new EventOrigin(false, Optional.empty(), Optional.empty(), List.of(), false);

  /// The same event, of an object or not, as its reader finds it.
  public EventOrigin read(boolean isObject, boolean isRounded) {
    return isObject == object && isRounded == rounded
        ? this
        : new EventOrigin(isObject, formerId, objectId, unknown, isRounded);
  }

  /// The same of an event that its envelope identifies.
  public EventOrigin withoutOtherIds() {
    return new EventOrigin(object, Optional.empty(), Optional.empty(), unknown, rounded);
  }
}
