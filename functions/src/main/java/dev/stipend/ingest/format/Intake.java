package dev.stipend.ingest.format;

import dev.stipend.ingest.ledger.EventOrigin;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages in any form, turned into events in the native one.
///
/// @param events what can be read as native events, in the order of the messages
/// @param refusals what cannot
/// @param unknown usage that is no event, because nobody can say of what it is
public record Intake(List<Event> events, List<Refusal> refusals, List<UnknownUsage> unknown) {
  /// Messages of which all is an event or refused.
  public Intake(List<Event> events, List<Refusal> refusals) {
    this(events, refusals, List.of());
  }

  /// An event in native form.
  ///
  /// @param index the place of its message in what was sent, from 0
  /// @param json its fields by their native names, as {@link dev.stipend.platform.json.ExactJson}
  ///     reads them
  /// @param names how its sender calls them
  /// @param origin how it was told
  /// @param unknown what it tells beside them that nobody understands
  public record Event(
      int index,
      @Nullable Object json,
      FieldNames names,
      EventOrigin origin,
      List<UnknownUsage> unknown) {
    /// The same at another place.
    public Event at(int place) {
      return new Event(place, json, names, origin, unknown);
    }

    /// What is wrong with the event, its fields named as its sender knows them.
    public String reason(InvalidJsonException wrong) {
      return names.explain(wrong);
    }
  }

  /// A message, or a part of one, that is in no known form or lacks what its form must have.
  ///
  /// @param index the place of the message in what was sent, from 0
  /// @param eventId its id; empty if it could not be read
  /// @param reason what is wrong, naming the field
  public record Refusal(int index, String eventId, String reason) {
    /// The same at another place.
    public Refusal at(int place) {
      return new Refusal(place, eventId, reason);
    }
  }

  /// Reads messages.
  ///
  /// @param messages values as {@link dev.stipend.platform.json.ExactJson} reads them
  public static Intake of(List<?> messages) {
    List<Event> events = new ArrayList<>(messages.size());
    List<Refusal> refusals = new ArrayList<>();
    List<UnknownUsage> unknown = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Object message = messages.get(i);
      if (Form.of(message) == Form.NATIVE) {
        events.add(new Event(i, message, FieldNames.AS_SENT, EventOrigin.PLAIN, List.of()));
        continue;
      }
      for (Reading reading : Reading.of(message)) {
        switch (reading) {
          case Reading.Usable usable ->
              events.add(
                  new Event(i, usable.json(), usable.names(), usable.origin(), usable.unknown()));
          case Reading.Unknown told -> unknown.add(told.usage());
          case Reading.Refused refused ->
              refusals.add(new Refusal(i, refused.eventId(), refused.reason()));
        }
      }
    }
    return new Intake(events, refusals, unknown);
  }

  /// Whether a message is in a known form, whatever it holds.
  public static boolean recognises(@Nullable Object message) {
    return Form.of(message) != Form.UNKNOWN;
  }

  /// Whether anything was told that nobody understands.
  public boolean tellsUnknown() {
    return !unknown.isEmpty() || events.stream().anyMatch(event -> !event.unknown().isEmpty());
  }

  /// How many events there are, with those refused.
  public int size() {
    return events.size() + refusals.size();
  }

  /// The same in parts of at most so many events.
  public List<Intake> parts(int most) {
    List<Intake> parts = new ArrayList<>();
    for (int from = 0; from < events.size() || parts.isEmpty(); from += most) {
      parts.add(
          new Intake(
              events.subList(from, Math.min(events.size(), from + most)),
              parts.isEmpty() ? refusals : List.of(),
              parts.isEmpty() ? unknown : List.of()));
    }
    return parts;
  }
}
