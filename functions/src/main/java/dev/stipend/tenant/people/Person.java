package dev.stipend.tenant.people;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;

/// Somebody with a name, as the API shows them.
///
/// @param id the id that usage and keys have for them
/// @param team what team they are in, for people
/// @param slackId their id as a member in Slack
@Serdeable
public record Person(
    String id,
    String name,
    Optional<String> email,
    Optional<String> team,
    Optional<String> slackId,
    Instant updatedAt) {
  /// Whether it says all that is to be known.
  boolean says(NewPerson wanted) {
    return name.equals(wanted.name())
        && email.equals(wanted.email())
        && team.equals(wanted.team())
        && slackId.equals(wanted.slackId());
  }
}
