package dev.stipend.enforcement;

/// What became of a request to reserve.
public sealed interface ReserveOutcome {
  /// Headroom is held.
  ///
  /// @param decision with the headroom that is left after it
  record Reserved(Reservation reservation, Decision decision) implements ReserveOutcome {}

  /// A hard limit would be exceeded, and nothing is held.
  record Refused(Decision decision) implements ReserveOutcome {}

  /// The request was made before.
  ///
  /// @param answer what it was answered then
  record Repeated(String answer) implements ReserveOutcome {}

  /// The database does not answer, and every budget concerned is open then: nothing is held.
  record Unverified(Decision decision) implements ReserveOutcome {}
}
