package dev.stipend.enforcement;

/// A reservation was to be settled with an event whose id belongs to another event.
public final class EventTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EventTakenException(String eventId) {
    super(
        "eventId %s is already recorded with different content; the reservation is not settled."
            .formatted(eventId));
  }
}
